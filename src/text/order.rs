//! Sorting, compiled once for all types.
//!
//! The standard sorts are compiled anew for every type and comparison, some ten kilobytes of wasm each. Nothing
//! outside the hot paths of the readers is worth that.

use std::cmp::Ordering;

/// Sorts so that equal items keep their order. Costs nothing but the comparisons where they stand in order already.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let ordered = |pair: &[T]| match pair {
        [a, b] => compare(a, b) != Ordering::Greater,
        _ => true,
    };
    if items.windows(2).all(ordered) {
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_indices(&mut order, &|&a, &b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut slots: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| slots.get_mut(at)?.take()));
}

/// The one compiled sort.
#[inline(never)]
fn sort_indices(order: &mut [usize], compare: &dyn Fn(&usize, &usize) -> Ordering) {
    order.sort_by(compare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_items_keep_their_order() {
        let mut items: Vec<(u32, usize)> = (0..100_usize)
            .map(|at| (u32::from(at % 7 == 0), at))
            .collect();
        items.reverse();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        sort_by(&mut items, |a, b| a.0.cmp(&b.0));
        assert_eq!(items, expected);
    }
}
