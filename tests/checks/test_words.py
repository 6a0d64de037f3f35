"""Which sentences the rules on words find, and which they must leave alone: each warning costs an editor a reason."""

import pytest

from articles.checks.absolute_words import promise_in
from articles.checks.unsourced_claim import is_claim
from articles.readiness.medical_words import medical_words


@pytest.mark.parametrize(
    "sentence",
    [
        "There is no scientific evidence linking joint cracking to osteoarthritis.",
        "A famous study by Dr. Donald Unger—who cracked the knuckles on one hand—found no difference.",
        "Several studies suggest that tea calms.",
        "Research shows that kettles last longer.",
        "Researchers at Leeds boiled 400 kettles.",
        "According to the World Health Organization, most falls happen at home.",
        "A clinical trial compared both.",
        "About 80% of adults have back pain at some time.",
        "Some 12.5 per cent of kettles leak.",
        "Lids cut the time by up to 30 percent.",
        "One in three kettles is never cleaned.",
        "It happens to 9 out of 10 people.",
        "Smokers are twice as likely to cough.",
        "Burns are three times as common in winter.",
    ],
)
def test_claim_is_recognized(sentence):
    assert is_claim(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mini Case Study: Frequent Cracking and Lower Back Pain",
        "Is there any evidence that it works?",
        "You can study at the kitchen table.",
        "She studies every night in her study.",
        "Finding the right tea is a matter of trial and error.",
        "Most shops offer a free trial.",
        "Do your own research before you buy.",
        "Measure the water according to the package instructions.",
        "Cut the cloth according to your needs.",
        "Clean the spout with 70% isopropyl alcohol.",
        "Choose a cloth of 100 % cotton.",
        "Keep the humidity between 40 and 60 %.",
        "Charge the battery to 80 percent.",
        "A hygrometer showed 68 percent.",
        "Stretching before bed is worth a fair trial.",
        "Mix two in three cups of water.",
        "It boils in 5 minutes, and one in 3 steps is enough.",
        "As my aunt says, “studies show that kettles sing.”",
        "The student rests; the studio is cold.",
    ],
)
def test_sentence_that_claims_nothing_is_left_alone(sentence):
    assert not is_claim(sentence)


@pytest.mark.parametrize(
    ("sentence", "promise"),
    [
        ("This tea cures arthritis.", "cures"),
        ("Ginger is a cure for the cold.", "cure"),
        ("Stretching is always safe.", "always safe"),
        ("The method is completely harmless.", "completely harmless"),
        ("Results are guaranteed.", "guaranteed"),
        ("We guarantee relief.", "guarantee"),
        ("It is 100 % effective.", "100 % effective"),
        ("The drops have no side effects.", "no side effects"),
        ("It works without any side effects.", "without any side effects"),
        ("A miracle for your back.", "miracle"),
        ("This trick never fails.", "never fails"),
        ("It eliminates all pain.", "eliminates all pain"),
        ("It is not cheap, but it cures headaches.", "cures"),
        ("Expect instant relief.", "instant relief"),
    ],
)
def test_promise_is_recognized(sentence, promise):
    assert promise_in(sentence) == promise


@pytest.mark.parametrize(
    "sentence",
    [
        "There is no cure.",
        "There is still no known cure for arthritis.",
        "Nothing cures a cold overnight.",
        "Stretching isn’t always safe.",
        "Stretching is not always safe.",
        "It can't be guaranteed.",
        "There is no guarantee that it helps.",
        "No treatment is 100% effective.",
        "Beware of whoever sells a miracle.",
        "It may cure nothing at all.",
        "Ask whether it cures the cause.",
        "Scientists search for a cure.",
        "The label claims that it cures everything.",
        "Few remedies have no side effects.",
        "Is it always safe?",
        "Her aunt swore: “It cures everything.”",
        "Serve cured ham on toast.",
        "Let the concrete cure for a week.",
        "Secure the lid, says the curator, and be curious.",
        "It comes with a money-back guarantee.",
    ],
)
def test_sentence_that_promises_nothing_is_left_alone(sentence):
    assert promise_in(sentence) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask your doctor about the dosage if symptoms last.", ["dose", "symptom"]),
        ("Pain, numbness or tingling, a chronic disease.", ["pain", "numbness", "chronic", "disease"]),
        ("Ibuprofen during pregnancy", ["painkiller", "pregnancy"]),
        ("She took pains to paint the painter’s campaign at fever pitch.", []),
        ("A rash decision adds insult to injury; be patient, Doctor Who.", []),
        ("Broken kettles and stainless steel treatment", []),
    ],
)
def test_medical_words_are_named_in_the_order_of_the_text(text, words):
    assert list(medical_words(text)) == words
