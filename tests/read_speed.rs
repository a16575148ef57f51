//! How fast a file is read: `READ_FILE=nodes.yaml cargo test --release --test read_speed -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss)]

use std::time::Instant;

use daemonset_planner::text::stream;

#[test]
#[ignore = "a measurement, of the file that READ_FILE names"]
fn a_file_is_read_in_time() {
    let path = std::env::var("READ_FILE").expect("READ_FILE names a file");
    let text = std::fs::read_to_string(path).unwrap();
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let began = Instant::now();
            let read = stream::read(&text);
            assert_eq!(read.errors().count(), 0);
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let megabytes = text.len() as f64 / 1e6;
    let nodes: usize = stream::read(&text)
        .documents()
        .map(|document| document.tree.len())
        .sum();
    println!(
        "read: {megabytes:.1} MB, {nodes} nodes, median {:.3} s, best {:.3} s, {:.0} MB/s",
        times[3],
        times[0],
        megabytes / times[3]
    );
}
