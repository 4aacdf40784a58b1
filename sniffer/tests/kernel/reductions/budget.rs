//! `--budget`: under load the sample becomes smaller until the capture fits, behind it every frame is kept again, and the
//! ledger tells of each frame that was left out.

use sniffer::load::{Config, Reductions};

use super::number;
use crate::metrics::{scrape, written};
use crate::pipeline::{config, counters, pipelines_of};
use crate::support::lab::Lab;
use crate::support::process::{run_sniffer, sniffer};
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

#[test]
fn a_sample_may_be_adjusted_while_frames_come() {
    if !skip::is_root() {
        return;
    }
    let reductions = Reductions { is_adjusted: true, ..Reductions::default() };
    for mut pipeline in pipelines_of(&Config { reductions, ..config() }) {
        let counters = counters(&mut pipeline);
        let frame = sniffer::load::TestFrame::ethernet(&[0; 60]);
        let mut sampled_out = |one_in| {
            pipeline.set_sample(number(one_in)).expect("the map takes it");
            let before = counters.read().expect("the counters can be read");
            for _ in 0..200 {
                pipeline.run(&frame).expect("the frame is taken");
            }
            counters.read().expect("the counters can be read").since(&before).sampled_out.total().frames
        };
        assert_eq!(sampled_out(1), 0);
        assert!(sampled_out(1 << 20) >= 199, "two of them are one in ten thousand runs");
        assert!((1..200).contains(&sampled_out(2)), "neither is one in 10 to the 60th");
        assert_eq!(sampled_out(1), 0);
    }
}

#[test]
fn a_capture_keeps_within_its_budget_and_says_how() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let args = ["-i", "left0", "-w", "/dev/null", "--budget", "2%", "--stats=json", "--metrics", "0", "udp"];
    let capture = sniffer(&lab.left.namespace, &args);
    let said_last = |words: &str| {
        let said = capture.stderr_so_far();
        said.lines().rfind(|line| line.contains("it keeps ")).is_some_and(|line| line.contains(words))
    };
    let one_in = || capture.statistics_so_far()["reductions"]["budget_one_in"].as_u64();
    let ratio = || {
        let text = scrape(&lab.left.namespace, &capture);
        written(&text, "sniffer_budget_sample_ratio").parse::<f64>().expect("a number")
    };
    assert_eq!((one_in(), ratio()), (Some(1), 1.0));
    let frame = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 1000]);
    let load = Load::start(RawSender::open(&lab.left), vec![frame]);
    wait::until_true("the sample becomes smaller", || said_last("one frame in "));
    wait::until_true("frames are left out", || {
        capture.statistics_so_far()["ledger"]["sampled_out"].as_u64() > Some(0)
    });
    wait::until_true("the sample is told", || one_in() > Some(1) && ratio() < 1.0);
    load.stop();
    // Who asked again and again for numbers would take more than the budget by that.
    wait::until_true("every frame is kept again", || {
        said_last("every frame") && one_in() == Some(1) && ratio() >= 1.0
    });
    let outcome = capture.interrupt();
    outcome.expect_code(0);
    let statistics = outcome.statistics();
    assert_eq!(statistics["ledger"]["balanced"], true, "{statistics}");
    assert!(statistics["ledger"]["sampled_out"].as_u64() > Some(0), "{statistics}");
}

#[test]
fn a_budget_is_a_part_of_a_processor() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for budget in ["5", "0%", "-1%", "five%", "nan%"] {
        run_sniffer(&lab.left.namespace, &["-i", "left0", &format!("--budget={budget}")]).expect_code(2);
    }
}
