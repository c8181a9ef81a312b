//! Texts with secrets in them: detections lie in the text, in order, apart from each other, and once taken out they are
//! gone. The same text as user data and as an environment, through a whole run.
#![no_main]

use keyless::secrets;
use keyless_fuzz::{Tree, judge, pooled};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    pooled(|| detect(text));
    let data = serde_json::json!({
        "Resources": {
            "Instance": { "Type": "AWS::EC2::Instance", "Properties": { "UserData": text } },
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": { "Environment": { "Variables": { "NAME": text, "DB_PASSWORD": text } } }
            }
        }
    });
    judge(&Tree::of("template.json", data.to_string().as_bytes()).and(".env", text.as_bytes()));
});

fn detect(text: &str) {
    let mut end = 0;
    for detection in secrets::scan(text) {
        assert!(detection.start >= end && detection.start < detection.end, "{detection:?}");
        assert!(text.get(detection.start..detection.end).is_some(), "{detection:?}");
        end = detection.end;
    }
}
