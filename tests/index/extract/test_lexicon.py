from index.extract.lexicon import language_of, languages, lexicon


def test_the_languages_with_data_are_found() -> None:
    assert {"en", "ru", "de"} <= set(languages())


def test_a_language_without_data_has_the_english_words_under_its_own_code() -> None:
    assert lexicon("xx").language == "xx"
    assert lexicon("xx").say == lexicon("en").say
    assert lexicon(None).language == "en"
    assert lexicon("ru-RU").language == "ru"


def test_forms_of_verbs_are_made_by_rule_and_from_the_list() -> None:
    words = lexicon("en")
    assert {"said", "says", "told", "denied", "insists", "arguing", "quipped"} <= words.say
    assert words.lemma("told") == "tell"


def test_the_language_of_a_text_is_guessed_by_its_small_words() -> None:
    assert language_of("Он сказал, что не знает, как это было на самом деле.") == "ru"
    assert language_of("Sie sagte, dass der Weg nicht weit ist und das Haus auch.") == "de"
    assert language_of("She said that the way was not far.") == "en"
    assert language_of("") == "en"


def test_a_longer_text_in_another_language_is_undetermined() -> None:
    assert language_of("Le maire disait hier soir que ses ponts ferment avant minuit pour cause travaux. " * 5) == "und"
