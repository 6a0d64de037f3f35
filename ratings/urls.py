from django.urls import path

from ratings import feeds
from ratings.views import comments, errors, opinions, own, reading, sanctions, votes

app_name = "ratings"

urlpatterns = [
    path("responses/", own.all_of_mine, name="mine"),
    path("responses/rate/<int:article_id>/", votes.rate, name="rate"),
    path("responses/withdraw/<uuid:public_id>/", votes.withdraw, name="withdraw"),
    path("responses/comment/<int:article_id>/", comments.comment, name="comment"),
    path("responses/stamp/<int:article_id>/", reading.stamp, name="stamp"),
    path("responses/news/<int:article_id>/", reading.news, name="news"),
    path("responses/mine/<int:article_id>/", own.mine_under, name="mine_under"),
    path("responses/helpful/<uuid:public_id>/", opinions.helpful, name="helpful"),
    path("responses/report/<uuid:public_id>/", opinions.report, name="report"),
    path("responses/error/<int:article_id>/", errors.report_error, name="report_error"),
    path("responses/sanctions/<uuid:public_id>/read/", sanctions.confirm, name="confirm_sanction"),
    path("responses/<uuid:public_id>/", own.response, name="response"),
    path("responses/<uuid:public_id>/edit/", own.edit, name="edit"),
    path("responses/<uuid:public_id>/delete/", own.delete, name="delete"),
    path("comments/<uuid:public_id>/", reading.permalink, name="permalink"),
    path("feeds/comments/<int:article_id>.atom", feeds.comments, name="feed"),
]
