//! Lines of JSON.

use serde_json::Value;

use crate::savefiles::{Saved, captures, frames, printed};

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

#[test]
fn each_layer_has_its_fields_in_the_order_of_the_wire() {
    let file = Saved::new("json", &frames());
    let text = printed(&file.0, &["--json"]);
    let objects = objects(&text);
    let protocols = |object: &Value| -> Vec<String> {
        let layers = object["layers"].as_array().expect("a list").iter();
        layers.map(|layer| layer["layer"].as_str().expect("a string").to_owned()).collect()
    };
    let expected: [&[&str]; 4] = [
        &["ethernet", "vlan", "ipv4", "icmpv4"],
        &["ethernet", "ipv4", "udp", "dns"],
        &["ethernet", "ipv4", "tcp"],
        &["ethernet"],
    ];
    assert_eq!(objects.iter().map(protocols).collect::<Vec<_>>(), expected);
    assert_eq!(
        (&objects[0]["layers"][1]["id"], &objects[0]["layers"][1]["priority"]),
        (&7.into(), &3.into())
    );
    let dns = &objects[1]["layers"][3];
    assert_eq!(dns["questions"][0]["name"], "www.example");
    assert_eq!(
        (&dns["answers"][0]["address"], &dns["answers"][0]["ttl"]),
        (&"192.0.2.99".into(), &60.into())
    );
    let tcp = &objects[2]["layers"][2];
    assert_eq!(
        (&tcp["syn"], &tcp["ack"], &tcp["options"][0]["mss"]),
        (&true.into(), &false.into(), &1460.into())
    );
    assert_eq!(objects[3]["stop"]["reason"], "truncated");
    assert_eq!(objects[3]["number"], 4);
    assert!(
        text.starts_with(r#"{"number":1,"time":1700000000.000000000,"link_type":"EN10MB","captured":48,"#)
    );
}

#[test]
fn bytes_come_with_x() {
    let file = Saved::new("json-bytes", &frames());
    for (object, frame) in objects(&printed(&file.0, &["--json", "-x"])).iter().zip(frames()) {
        let hex = object["bytes"].as_str().expect("a string");
        let byte = |digits: &[u8]| {
            u8::from_str_radix(str::from_utf8(digits).expect("digits"), 16).expect("hexadecimal digits")
        };
        assert_eq!(hex.as_bytes().chunks(2).map(byte).collect::<Vec<_>>(), frame);
    }
}

/// Whatever was captured, a line is one object without control characters and without a key twice.
#[test]
fn captures_of_all_kinds_are_valid() {
    for path in captures() {
        let text = printed(&path, &["--json", "-x"]);
        assert!(!text.chars().any(|character| character.is_control() && character != '\n'), "{path:?}");
        for (line, object) in text.lines().zip(objects(&text)) {
            // A key that stood twice would be lost in the parsed object.
            assert_eq!(line.len(), without_time(&object, line), "{path:?}: {line}");
        }
    }
}

/// The length of the object written again; the time as it was, since its digits do not fit a floating-point number.
fn without_time(object: &Value, line: &str) -> usize {
    let time = |line: &str| {
        let (_, rest) = line.split_once("\"time\":").expect("a time");
        rest.find([',', '}']).expect("the end of the object at the latest")
    };
    let again = object.to_string();
    again.len() - time(&again) + time(line)
}
