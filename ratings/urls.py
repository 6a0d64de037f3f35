from django.urls import path

from ratings import views

app_name = "ratings"

urlpatterns = [
    path("responses/rate/<int:article_id>/", views.rate, name="rate"),
    path("responses/comment/<int:article_id>/", views.comment, name="comment"),
    path("responses/stamp/<int:article_id>/", views.stamp, name="stamp"),
    path("responses/<uuid:public_id>/", views.response, name="response"),
]
