use super::*;

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap()
}

#[test]
fn a_quantity_is_written_in_its_canonical_form() {
    for (text, canonical) in [
        ("1.5", "1500m"),
        ("0.5Gi", "512Mi"),
        ("1024Ki", "1Mi"),
        ("1e19", "10e18"),
        ("8Ei", "9223372036854775807"),
        ("1000Ki", "1000Ki"),
        ("1023", "1023"),
        ("3.2Gi", "3435973836800m"),
        ("0.0000000001", "1n"),
        ("e-2", "0"),
    ] {
        assert_eq!(quantity(text).canonical(), canonical, "{text}");
    }
}

#[test]
fn beyond_exa_the_release_loses_the_suffix() {
    // `constructBytes` finds none, and its answer is not looked at.
    assert_eq!(quantity("1000E").to_string(), "1");
    assert_eq!(quantity("1000E").value(), None);
    assert_eq!(quantity("1e21").to_string(), "1e21");
}

#[test]
fn a_text_that_looks_canonical_is_kept() {
    for text in ["00012", "+1", "5.", "1E3", "1.001", "037917Gi", "-4.Ti"] {
        assert_eq!(quantity(text).to_string(), text);
    }
    for (text, written) in [
        ("1.10", "1100m"),
        ("1000", "1k"),
        ("0.5", "500m"),
        ("8Gi", "8Gi"),
    ] {
        assert_eq!(quantity(text).to_string(), written);
    }
}

#[test]
fn what_is_no_quantity_says_what_the_server_says() {
    for (text, error) in [
        ("", QuantityError::Format),
        (" 1", QuantityError::Format),
        ("1 Gi", QuantityError::Format),
        ("1.2.3", QuantityError::Format),
        ("1MB", QuantityError::Format),
        ("1e3Gi", QuantityError::Format),
        ("1K", QuantityError::Suffix),
        ("1e", QuantityError::Suffix),
        ("--1", QuantityError::Suffix),
        ("Ei", QuantityError::Numeric),
        ("-Pi", QuantityError::Numeric),
        (".Pi", QuantityError::Numeric),
    ] {
        assert_eq!(text.parse::<Quantity>().unwrap_err(), error, "{text}");
    }
}

#[test]
fn numbers_that_nobody_could_compute_are_refused_or_bounded() {
    let long = "9".repeat(5000);
    assert_eq!(
        long.parse::<Quantity>().unwrap_err(),
        QuantityError::TooLarge
    );
    let far = "1234567890123456789e2000000000";
    assert_eq!(
        far.parse::<Quantity>().unwrap_err(),
        QuantityError::TooLarge
    );
    assert_eq!(quantity("1e-2000000000").to_string(), "1e-9");
    let huge = quantity("1e2000000000");
    assert!(huge > quantity("1"));
    assert_eq!(huge.checked_add(&quantity("1")), None);
    assert_eq!(huge.value(), None);
    assert_eq!(huge.to_string(), "100e1999999998");
}

#[test]
fn the_printed_parts_are_those_of_go() {
    let small = quantity("100m").go_dump();
    assert_eq!(
        small,
        "{i:(resource.int64Amount){value:(int64)100 scale:(resource.Scale)-3} \
         d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)100m Format:(resource.Format)DecimalSI}"
    );
    // 2^50 takes fifteen digits: no room is left for a small amount (R-758, step 2).
    let large = quantity("1Pi").go_dump();
    assert_eq!(
        large,
        "{i:(resource.int64Amount){value:(int64)0 scale:(resource.Scale)0} \
         d:(resource.infDecAmount){Dec:(*inf.Dec){unscaled:(big.Int){neg:(bool)false \
         abs:(big.nat)[2882303761517117440 61035]} scale:(inf.Scale)9}} s:(string) \
         Format:(resource.Format)BinarySI}"
    );
}

#[test]
fn thousandths_are_the_finest_that_a_resource_list_keeps() {
    for (text, rounded) in [
        ("0.0001", "1m"),
        ("100m", "100m"),
        ("1.0005", "1001m"),
        ("-0.5m", "-1m"),
        ("1.5Gi", "1536Mi"),
        ("3.00001Gi", "3221236209419m"),
        ("+1", "+1"),
    ] {
        assert_eq!(
            quantity(text).rounded_to_milli().to_string(),
            rounded,
            "{text}"
        );
    }
}
