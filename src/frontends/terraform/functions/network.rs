//! IP address blocks in CIDR notation.

use super::frame::{Call, CallError, Spec, Takes};
use crate::frontends::terraform::convert::number;
use crate::model::{Reason, Value};
use std::net::{Ipv4Addr, Ipv6Addr};

const TEXT: Takes = Takes::Text;
const NUMBER: Takes = Takes::Number;

pub(super) const SPECS: &[Spec] = &[
    Spec::new("cidrhost", &[TEXT, NUMBER], cidrhost),
    Spec::new("cidrnetmask", &[TEXT], cidrnetmask),
    Spec::new("cidrsubnet", &[TEXT, NUMBER, NUMBER], cidrsubnet),
    Spec::new("cidrsubnets", &[TEXT], cidrsubnets).rest(NUMBER).uniform(),
];

#[derive(Clone, Copy)]
struct Block {
    base: u128,
    prefix: u32,
    /// 32 or 128.
    width: u32,
}

impl Block {
    fn parse(text: &str) -> Result<Self, CallError> {
        let refused = || CallError::at(0, "invalid CIDR address");
        let (address, prefix) = text.split_once('/').ok_or_else(refused)?;
        let (base, width) = if address.contains(':') {
            (u128::from(address.parse::<Ipv6Addr>().map_err(|_| refused())?), 128)
        } else {
            (u128::from(u32::from(parse_v4(address).ok_or_else(refused)?)), 32)
        };
        if prefix.is_empty() || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(refused());
        }
        let prefix = prefix.parse().ok().filter(|prefix| *prefix <= width).ok_or_else(refused)?;
        let block = Self { base, prefix, width };
        Ok(Self { base: base & block.mask(), ..block })
    }

    /// Ones where the prefix is.
    fn mask(self) -> u128 {
        let ones = u128::MAX >> (128 - self.width);
        ones & !low_bits(self.width - self.prefix)
    }

    fn address(self, value: u128) -> String {
        if self.width == 32 {
            Ipv4Addr::from(u32::try_from(value).unwrap_or(u32::MAX)).to_string()
        } else {
            Ipv6Addr::from(value).to_string()
        }
    }

    fn text(self) -> String {
        format!("{}/{}", self.address(self.base), self.prefix)
    }
}

/// Go as Terraform uses it takes decimal parts with leading zeros.
fn parse_v4(text: &str) -> Option<Ipv4Addr> {
    let parts = text.split('.').map(|part| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<u8>().ok() } else { None }
    });
    let parts: [u8; 4] = parts.collect::<Option<Vec<_>>>()?.try_into().ok()?;
    Some(parts.into())
}

fn low_bits(count: u32) -> u128 {
    if count >= 128 { u128::MAX } else { (1 << count) - 1 }
}

fn whole(call: &Call<'_>, at: usize) -> Result<i128, CallError> {
    number::to_integer(&call.number(at)).ok_or_else(|| CallError::at(at, "value must be a whole number"))
}

/// A negative number counts from the end.
fn cidrhost(call: &Call<'_>) -> Result<Value, CallError> {
    let block = Block::parse(call.text(0))?;
    let host = whole(call, 1)?;
    let last = low_bits(block.width - block.prefix);
    let refused = || CallError::at(1, "the prefix does not accommodate a host with this number");
    let offset = if host >= 0 {
        host.unsigned_abs()
    } else {
        last.checked_sub(host.unsigned_abs() - 1).ok_or_else(refused)?
    };
    if offset > last {
        return Err(refused());
    }
    Ok(Value::string(block.address(block.base | offset)))
}

fn cidrnetmask(call: &Call<'_>) -> Result<Value, CallError> {
    let block = Block::parse(call.text(0))?;
    if block.width != 32 {
        return Err(CallError::at(0, "IPv6 addresses cannot have a netmask"));
    }
    Ok(Value::string(block.address(block.mask())))
}

/// How many bits longer the prefix gets.
fn new_bits(call: &Call<'_>, at: usize, block: Block) -> Result<u32, CallError> {
    let bits = u32::try_from(whole(call, at)?)
        .map_err(|_| CallError::at(at, "must extend prefix by at least one bit"))?;
    if block.prefix.checked_add(bits).is_none_or(|prefix| prefix > block.width) {
        return Err(CallError::at(at, "not enough remaining address space for the subnet"));
    }
    Ok(bits)
}

fn cidrsubnet(call: &Call<'_>) -> Result<Value, CallError> {
    let block = Block::parse(call.text(0))?;
    let (bits, subnet) = (whole(call, 1)?, whole(call, 2)?);
    if bits < 0 || subnet < 0 {
        // Terraform answers with an address outside the block; nobody means that.
        let what = "`cidrsubnet` with a negative number";
        return Ok(Value::unknown(Reason::Unsupported { what: what.into() }));
    }
    let bits = new_bits(call, 1, block)?;
    let subnet = subnet.unsigned_abs();
    if subnet > low_bits(bits) {
        return Err(CallError::at(2, "prefix extension does not accommodate a subnet with this number"));
    }
    let prefix = block.prefix + bits;
    let base = block.base | subnet.checked_shl(block.width - prefix).unwrap_or(0);
    Ok(Value::string(Block { base, prefix, ..block }.text()))
}

/// Consecutive blocks, each aligned to its own size.
fn cidrsubnets(call: &Call<'_>) -> Result<Value, CallError> {
    let block = Block::parse(call.text(0))?;
    let mut blocks = Vec::new();
    let mut next = Some(block.base);
    let last = block.base | low_bits(block.width - block.prefix);
    for at in 1..call.len() {
        let bits = new_bits(call, at, block)?;
        if bits == 0 {
            return Err(CallError::at(at, "must extend prefix by at least one bit"));
        }
        let prefix = block.prefix + bits;
        let size_less_one = low_bits(block.width - prefix);
        let aligned = next.and_then(|next| next.checked_add(size_less_one)).map(|up| up & !size_less_one);
        let base = aligned
            .filter(|base| *base <= last && base.checked_add(size_less_one).is_some_and(|end| end <= last))
            .ok_or_else(|| CallError::at(at, "not enough remaining address space for a subnet"))?;
        blocks.push(Value::string(Block { base, prefix, ..block }.text()));
        next = base.checked_add(size_less_one).and_then(|end| end.checked_add(1));
    }
    Ok(Value::list(blocks))
}
