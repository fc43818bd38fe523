//! English words that stand in a good part of all articles.

/// Words that are also acronyms: in small letters they are hardly ever meant.
pub(super) const PRONOUNS: [&str; 3] = ["us", "it", "who"];

/// What nobody searches for alone: the small words, and the everyday words of news.
const COMMON: &str = " a about after again against all also am an and any are as at back be because been before \
    being between both but by call came can case city come company could country day days did do does down each \
    end even every far few first for former found from gave get give go good government great group had has have \
    he head held her here high him his home house how i if in into is it its just know last law left less life \
    like little local long look made make man many may me member men might million minister month more most much \
    must my national need never new news next night no nor not now number of off office official old on one only \
    or order other our out over own part party people place plan police power president public put report right \
    said same saw say says see set she should show since small so some state states still such take tell than that \
    the their them then there these they this those three through time to today told too took toward two under \
    until up us use very want war was way we week well went were what when where which while who why will with \
    without woman women work world would year years yesterday yet you your ";

/// Whether a folded word stands in a good part of all articles.
pub(super) fn is_common(folded: &str) -> bool {
    !folded.is_empty() && COMMON.split_ascii_whitespace().any(|word| word == folded)
}
