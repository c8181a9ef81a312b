//! `Fn::Cidr`: a block of addresses cut into blocks of one size.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html>

use super::evaluate::Evaluator;
use super::intrinsics::invalid;
use crate::model::{Hop, Reason, Value};
use crate::source::Site;
use crate::syntax::doc::NodeRef;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What CloudFormation makes at once.
const MAX_BLOCKS: u32 = 256;

impl<'d> Evaluator<'_, 'd> {
    pub(super) fn cidr(&mut self, argument: NodeRef<'d>, site: Site) -> Value {
        let values: Vec<Value> = argument.items().map(|item| self.value(item)).collect();
        let [block, count, bits] = values.as_slice() else {
            // Without a size it is CloudFormation that chooses one.
            return Value::unknown(Reason::Function { name: "Fn::Cidr".into() });
        };
        let (count, bits) = (count.clone(), bits.clone());
        self.lift(block.clone(), &mut |me, block| {
            me.lift(count.clone(), &mut |me, count| {
                me.lift(bits.clone(), &mut |_, bits| {
                    let texts = (block.to_text(), count.to_text(), bits.to_text());
                    let (Some(block), Some(count), Some(bits)) = texts else {
                        return Value::unknown(Reason::Function { name: "Fn::Cidr".into() });
                    };
                    match blocks(&block, &count, &bits) {
                        Some(blocks) => {
                            let hop = Hop::Function("Fn::Cidr".into());
                            Value::list(blocks.into_iter().map(Value::string)).via(hop, Some(site))
                        }
                        None => invalid(
                            "`Fn::Cidr` takes a block, a count that fits into it, and a number of bits",
                        ),
                    }
                })
            })
        })
    }
}

fn blocks(block: &str, count: &str, bits: &str) -> Option<Vec<String>> {
    let (address, prefix) = block.trim().split_once('/')?;
    let (prefix, count, bits) =
        (prefix.parse::<u32>().ok()?, count.trim().parse::<u32>().ok()?, bits.trim().parse::<u32>().ok()?);
    let (number, width) = match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    };
    if prefix > width || bits > width - prefix || !(1..=MAX_BLOCKS).contains(&count) {
        return None;
    }
    let free = width - prefix - bits;
    if free < 9 && count > 1 << free {
        return None;
    }
    let mask = |bits: u32| if bits >= 128 { 0 } else { u128::MAX << bits };
    let first = number & mask(width - prefix);
    let name = |at: u32| {
        let number = first + if bits >= 128 { 0 } else { u128::from(at) << bits };
        let address = match u32::try_from(number) {
            Ok(number) if width == 32 => IpAddr::V4(Ipv4Addr::from(number)),
            Ok(_) | Err(_) => IpAddr::V6(Ipv6Addr::from(number)),
        };
        format!("{address}/{}", width - bits)
    };
    Some((0..count).map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blocks_are_cut_from_the_start() {
        let cut = |block, count, bits| blocks(block, count, bits).map(|blocks| blocks.join(" "));
        assert_eq!(
            cut("192.168.0.0/24", "6", "5").as_deref(),
            Some(
                "192.168.0.0/27 192.168.0.32/27 192.168.0.64/27 192.168.0.96/27 192.168.0.128/27 192.168.0.160/27"
            )
        );
        assert_eq!(cut("10.0.7.9/16", "2", "8").as_deref(), Some("10.0.0.0/24 10.0.1.0/24"));
        assert_eq!(cut("2001:db8::/56", "2", "64").as_deref(), Some("2001:db8::/64 2001:db8:0:1::/64"));
        assert_eq!(cut("0.0.0.0/0", "1", "32").as_deref(), Some("0.0.0.0/0"));
        for (block, count, bits) in
            [("10.0.0.0/24", "9", "5"), ("10.0.0.0/24", "0", "5"), ("10.0.0.0", "1", "5"), ("x/8", "1", "1")]
        {
            assert_eq!(cut(block, count, bits), None, "{block} {count} {bits}");
        }
    }
}
