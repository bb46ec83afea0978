"""How firmly something is promised."""

from luoshi.lexicon.modality import modality_of


def test_striving_governs_forward_to_the_end_of_its_sentence() -> None:
    assert modality_of("力争引进专家10名，新增团队", "新增团队") == "stretch"


def test_an_invitation_promises_nothing_that_can_be_judged() -> None:
    assert modality_of("鼓励园区设立", "鼓励园区设立") == "directional"


def test_an_invitation_in_an_earlier_clause_does_not_weaken_a_promise() -> None:
    assert modality_of("鼓励园区先行，建成", "建成") == "committed"
