use wirewatch_digest::{
    Template, Templates, check_template, compose, pdf_from_job, specimen_for_pdf, to_html, to_pdf,
};

use crate::sample::night;

fn with(template: Template, text: &str) -> Templates {
    let mut templates = Templates::default();
    templates.set(template, text.to_owned());
    templates
}

#[test]
fn the_users_own_template_is_used_and_escapes_by_itself() {
    let digest = compose(&night().material());
    let own = "<h1>{{ title }}</h1>{% for chapter in chapters %}{% for story in chapter.stories %}{{ story.headline }}{% endfor %}{% endfor %}";
    let html = to_html(&digest, &with(Template::Page, own)).unwrap();
    assert!(html.starts_with("<h1>Daily digest</h1>") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn one_that_fails_gives_way_so_that_the_digest_comes_out() {
    let digest = compose(&night().material());
    let ours = to_html(&digest, &Templates::default()).unwrap();
    for broken in ["{% for %}", "{{ nothing }}"] {
        assert_eq!(to_html(&digest, &with(Template::Page, broken)).unwrap(), ours, "{broken}");
    }
    let ours = to_pdf(&digest, &Templates::default()).unwrap();
    assert_eq!(to_pdf(&digest, &with(Template::Pdf, "#nothing")).unwrap(), ours);
}

#[test]
fn a_headline_does_not_leave_an_attribute_in_single_quotes() {
    let mut digest = compose(&night().material());
    digest.chapters[0].stories[0].headline = "x' onmouseover='alert(1)".into();
    let own = "{% for c in chapters %}{% for s in c.stories %}<a title='{{ s.headline }}'></a>{% endfor %}{% endfor %}";
    let html = to_html(&digest, &with(Template::Page, own)).unwrap();
    assert!(html.contains("onmouseover=") && !html.contains("' onmouseover"), "{html}");
}

#[test]
fn a_template_without_end_is_refused_and_gives_way() {
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a * b }}{% endfor %}{% endfor %}";
    assert!(check_template(Template::Page, endless).is_err());
    let digest = compose(&night().material());
    let html = to_html(&digest, &with(Template::Page, endless)).unwrap();
    assert_eq!(html, to_html(&digest, &Templates::default()).unwrap());
}

#[test]
fn a_pdf_template_is_tried_out_and_its_fault_has_a_line() {
    assert!(pdf_from_job(&specimen_for_pdf(Template::Pdf.ours())).unwrap().starts_with(b"%PDF"));
    let text = "#let d = json(\"/digest.json\")\n#d.titel\n";
    let error = pdf_from_job(&specimen_for_pdf(text)).unwrap_err().to_string();
    assert!(error.contains("digest.typ:2:"), "{error}");
    let stolen = pdf_from_job(&specimen_for_pdf("#read(\"/etc/passwd\")")).unwrap_err().to_string();
    assert!(stolen.contains("digest.typ:1:"), "{stolen}");
}

#[test]
fn a_page_template_reaches_no_other_file() {
    let error = check_template(Template::Page, "{% include '/etc/passwd' %}").unwrap_err().to_string();
    assert!(error.contains("digest.html"), "{error}");
}
