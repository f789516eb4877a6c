//! What matrices expand to: order, names, texts, bounds.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Source, render_all};
use crate::yaml::{Limits, Text, parse};

fn node(text: &str) -> Node {
    parse(&Source::new("datasets/x.yaml", text), Limits::DEFINITION).unwrap()
}

fn application(name: &str, channels: &[(&str, &str)], pings: &[&str]) -> Application {
    let place = node("x: 1").position;
    Application {
        name: Text::new(name, &place),
        channels: channels.iter().map(|(name, id)| ((*name).to_owned(), Text::new(*id, &place))).collect(),
        pings: pings.iter().map(|ping| (*ping).to_owned()).collect(),
        sources: Vec::new(),
    }
}

fn applications() -> Vec<Application> {
    vec![
        application(
            "focus",
            &[("release", "org_focus"), ("beta", "org_focus_beta")],
            &["baseline", "events"],
        ),
        application("mail", &[("release", "org_mail")], &["baseline"]),
    ]
}

fn expanded(text: &str) -> Result<Vec<MatrixMember>, String> {
    let mut found = Vec::new();
    let members = expand(&node(text), "dataset", &applications(), &mut found);
    if found.is_empty() { Ok(members) } else { Err(render_all(&found)) }
}

fn names_of(text: &str) -> Vec<String> {
    let members = expanded(text).unwrap();
    members.iter().map(|member| member.node.get("dataset").unwrap().as_text().unwrap().to_owned()).collect()
}

#[test]
fn axes_follow_each_other_in_the_order_of_the_file() {
    assert_eq!(
        names_of(
            "for: {app: {with_ping: baseline}, channel: app.channels}\ndataset: '{app}.{channel.id}_{channel}'"
        ),
        ["focus.org_focus_release", "focus.org_focus_beta_beta", "mail.org_mail_release"]
    );
    assert_eq!(
        names_of("for: {app: applications, ping: app.pings}\ndataset: '{app}.{ping}'"),
        ["focus.baseline", "focus.events", "mail.baseline"]
    );
    assert_eq!(names_of("for: {app: {with_ping: events}}\ndataset: '{app}.x'"), ["focus.x"]);
    assert_eq!(
        names_of("for: {channel: focus.channels, year: [2025, 2026]}\ndataset: '{channel}_{year}'"),
        ["release_2025", "release_2026", "beta_2025", "beta_2026"]
    );
    assert_eq!(
        names_of(
            "for: {country: {de: {zone: eu}, us: {zone: na}}, kind: {a: x}}\ndataset: '{country.zone}_{country}_{kind.id}'"
        ),
        ["eu_de_x", "na_us_x"]
    );
}

#[test]
fn only_names_in_single_braces_are_replaced() {
    let text = "for: {country: [de]}\ndataset: '{country}'\nsql: |\n  {{ from }} {{country}} {2,3} {\"a\": 1} \\{country} {% if x %}{country}{% endif %} {\nwith: {'{country}_x': [1, '{country}']}\nfrom: {each: '{country}_{x}', where: {y: '{country}'}}";
    let member = &expanded(text).unwrap()[0].node;
    assert_eq!(
        member.get("sql").unwrap().as_text().unwrap(),
        "{{ from }} {{country}} {2,3} {\"a\": 1} {country} {% if x %}de{% endif %} {\n"
    );
    let with = member.get("with").unwrap().as_map().unwrap();
    assert_eq!(with[0].0.as_text(), Some("de_x"));
    assert_eq!(with[0].1.as_list().unwrap()[1].as_text(), Some("de"));
    let from = member.get("from").unwrap();
    assert_eq!(from.get("each").unwrap().as_text(), Some("{country}_{x}"));
    assert_eq!(from.get("where").unwrap().get("y").unwrap().as_text(), Some("de"));
    assert!(member.get("for").is_none());
}

#[test]
fn members_keep_the_places_of_the_file() {
    let text = "for: {country: [de, fr]}\ndataset: '{country}.x'\nwith: {deep: ['{country}']}\n";
    let members = expanded(text).unwrap();
    for member in &members {
        let deep = member.node.get("with").unwrap().get("deep").unwrap();
        let place = &deep.as_list().unwrap()[0].position;
        assert_eq!((place.line, place.column), (3, 15));
    }
}

#[test]
fn a_matrix_of_too_many_members_is_refused_before_it_is_made() {
    let values = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>().join(", ");
    let text = |a: usize, b: usize| {
        format!("for: {{a: [{}], b: [{}]}}\ndataset: 'x.y_{{a}}_{{b}}'", values(a), values(b))
    };
    assert_eq!(expanded(&text(100, 100)).unwrap().len(), MOST_MEMBERS);
    assert!(expanded(&text(100, 101)).unwrap_err().contains("the matrix has 10100 members, more than 10000"));
    let long = format!("{}\nsql: {}", text(90, 90), "x".repeat(10_000));
    assert!(expanded(&long).unwrap_err().contains("the matrix writes 78 MiB of definitions, more than 64"));
    assert!(expanded(&text(2_000, 2_000)).unwrap_err().contains("more than 1000000 members"));
}

#[test]
fn the_tables_of_a_ping_source_keep_the_braces_of_its_name() {
    assert_eq!(
        of_ping("{channel.id}.baseline_v1"),
        ["{channel.id}_live.baseline_v1", "{channel.id}_stable.baseline_v1", "{channel.id}.baseline"]
    );
}

proptest! {
    /// The members are the product of the axes, the first axis slowest; each name stands once.
    #[test]
    fn a_matrix_is_the_product_of_its_axes(sizes in proptest::collection::vec(1_usize..6, 1..4)) {
        let axes: Vec<String> = sizes
            .iter()
            .enumerate()
            .map(|(axis, size)| {
                let values: Vec<String> = (0..*size).map(|value| format!("v{value}")).collect();
                format!("a{axis}: [{}]", values.join(", "))
            })
            .collect();
        let name: Vec<String> = (0..sizes.len()).map(|axis| format!("{{a{axis}}}")).collect();
        let names = names_of(&format!("for: {{{}}}\ndataset: '{}'", axes.join(", "), name.join("_")));
        // Counted like the digits of a number.
        let expected: Vec<String> = (0..sizes.iter().product::<usize>())
            .map(|number| {
                let mut rest = number;
                let mut digits: Vec<String> = Vec::new();
                for size in sizes.iter().rev() {
                    digits.insert(0, format!("v{}", rest % size));
                    rest /= size;
                }
                digits.join("_")
            })
            .collect();
        prop_assert_eq!(&names, &expected);
        let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
        prop_assert_eq!(distinct.len(), names.len());
    }

    /// A text in which no axis is named, and nothing is escaped, stays as it is.
    #[test]
    fn a_text_without_an_axis_stays_as_it_is(text in "[a{}. ]{0,24}") {
        let axes = vec![Axis { name: "b".to_owned(), value: "x".to_owned(), attributes: BTreeMap::new() }];
        let placeholders = Placeholders::of(std::slice::from_ref(&axes));
        prop_assert_eq!(placeholders.text(&text, &axes), text);
    }
}
