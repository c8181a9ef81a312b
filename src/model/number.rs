//! Numbers as Terraform computes with them: binary floats of 512 bits, rounded to the nearest, ties to even.
//!
//! Integers that fit stay integers, which is nearly all there are. The rest follows Go's `math/big.Float`, which go-cty
//! builds upon: each number has a precision, a result the larger one of its operands, and is written with the fewest
//! decimal digits that lead back to it. <https://pkg.go.dev/math/big#Float>

use num_bigint::BigUint;
use std::cmp::Ordering;
use std::sync::Arc;

/// Bits of a number that stands in code.
pub const PRECISION: u64 = 512;
/// Bits of a number that was computed with `f64`.
const DOUBLE: u64 = 53;
/// Powers of two beyond which numbers count as infinite or zero: nobody writes them, and all of them would be digits.
const MAX_EXPONENT: i64 = 100_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    Int(i128),
    /// What is no integer of 128 bits.
    Real(Arc<Real>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Real {
    Infinite {
        negative: bool,
    },
    /// Zero with a sign, which is written `-0`.
    NegativeZero,
    Finite(Binary),
}

/// `mantissa × 2^exponent`; the mantissa is odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    negative: bool,
    mantissa: BigUint,
    exponent: i64,
    precision: u64,
}

/// Decimal digits without zeros at either end, as `0.digits × 10^point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    pub digits: String,
    pub point: i64,
}

impl Number {
    #[must_use]
    pub fn infinite(negative: bool) -> Self {
        Self::Real(Arc::new(Real::Infinite { negative }))
    }

    #[must_use]
    pub fn negative_zero() -> Self {
        Self::Real(Arc::new(Real::NegativeZero))
    }

    /// `None` for what is not a number.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        if value.is_nan() {
            return None;
        }
        if value.is_infinite() {
            return Some(Self::infinite(value.is_sign_negative()));
        }
        if value == 0.0 {
            return Some(if value.is_sign_negative() { Self::negative_zero() } else { Self::Int(0) });
        }
        let bits = value.abs().to_bits();
        let (power, fraction) = (i64::try_from(bits >> 52).unwrap_or(0), bits & ((1 << 52) - 1));
        let (mantissa, power) = if power == 0 { (fraction, 1) } else { (fraction | 1 << 52, power) };
        Some(Self::rounded(value.is_sign_negative(), mantissa.into(), power - 1075, false, DOUBLE))
    }

    /// The nearest number of this precision to a mantissa of any length; `more`: a little lies behind its last bit.
    #[must_use]
    pub fn rounded(negative: bool, mantissa: BigUint, exponent: i64, more: bool, precision: u64) -> Self {
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        if let Some(excess) = mantissa.bits().checked_sub(precision).filter(|excess| *excess > 0) {
            let half = mantissa.bit(excess - 1);
            let below = more || mantissa.trailing_zeros().is_some_and(|zeros| zeros < excess - 1);
            mantissa >>= excess;
            if half && (below || mantissa.bit(0)) {
                mantissa += 1_u8;
            }
            exponent = exponent.saturating_add_unsigned(excess);
        }
        let Some(zeros) = mantissa.trailing_zeros() else { return Self::Int(0) };
        mantissa >>= zeros;
        exponent = exponent.saturating_add_unsigned(zeros);
        let magnitude = exponent.saturating_add_unsigned(mantissa.bits());
        if magnitude > MAX_EXPONENT {
            return Self::infinite(negative);
        }
        if magnitude < -MAX_EXPONENT {
            return Self::Int(0);
        }
        // An integer says no precision of its own: what is exact there is exact everywhere.
        if (0..127).contains(&exponent)
            && magnitude <= 127
            && magnitude <= i64::try_from(precision).unwrap_or(0)
            && let Ok(whole) = i128::try_from(&mantissa << exponent.unsigned_abs())
        {
            return Self::Int(if negative { -whole } else { whole });
        }
        Self::Real(Arc::new(Real::Finite(Binary { negative, mantissa, exponent, precision })))
    }

    #[must_use]
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Int(value) => *value < 0,
            Self::Real(real) => match &**real {
                Real::Infinite { negative } => *negative,
                Real::NegativeZero => true,
                Real::Finite(binary) => binary.negative,
            },
        }
    }

    #[must_use]
    pub fn is_zero(&self) -> bool {
        match self {
            Self::Int(value) => *value == 0,
            Self::Real(real) => matches!(**real, Real::NegativeZero),
        }
    }

    #[must_use]
    pub fn is_infinite(&self) -> bool {
        match self {
            Self::Int(_) => false,
            Self::Real(real) => matches!(**real, Real::Infinite { .. }),
        }
    }

    /// Sign, mantissa and exponent of a finite number.
    #[must_use]
    pub fn binary(&self) -> Option<Binary> {
        match self {
            Self::Int(value) => Some(Binary {
                negative: *value < 0,
                mantissa: value.unsigned_abs().into(),
                exponent: 0,
                precision: PRECISION,
            }),
            Self::Real(real) => match &**real {
                Real::Infinite { .. } => None,
                Real::NegativeZero => Some(Binary {
                    negative: true,
                    mantissa: BigUint::ZERO,
                    exponent: 0,
                    precision: PRECISION,
                }),
                Real::Finite(binary) => Some(binary.clone()),
            },
        }
    }

    /// By size; both zeros are one.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        if let (Self::Int(a), Self::Int(b)) = (self, other) {
            return a.cmp(b);
        }
        let sign = |number: &Self| match (number.is_zero(), number.is_negative()) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let (a, b) = (sign(self), sign(other));
        if a != b || a == 0 {
            return a.cmp(&b);
        }
        let size = match (self.binary(), other.binary()) {
            (Some(x), Some(y)) => {
                let (x, y, _) = x.aligned(&y);
                x.cmp(&y)
            }
            (x, y) => y.is_some().cmp(&x.is_some()),
        };
        if a < 0 { size.reverse() } else { size }
    }

    /// The decimal digits of the absolute value: all of them, or the fewest that lead back to it.
    #[must_use]
    pub fn digits(&self, shortest: bool) -> Option<Digits> {
        let binary = self.binary()?;
        let exact = Digits::new(&binary.mantissa, binary.exponent);
        let is_whole = matches!(self, Self::Int(_)) || self.is_zero();
        Some(if shortest && !is_whole { exact.shortened(&binary) } else { exact })
    }
}

impl Binary {
    #[must_use]
    pub fn negative(&self) -> bool {
        self.negative
    }

    #[must_use]
    pub fn mantissa(&self) -> &BigUint {
        &self.mantissa
    }

    #[must_use]
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    #[must_use]
    pub fn precision(&self) -> u64 {
        self.precision
    }

    /// Both mantissas over the smaller exponent. Exponents are bounded, so the shifts are.
    #[must_use]
    pub fn aligned(&self, other: &Self) -> (BigUint, BigUint, i64) {
        let exponent = self.exponent.min(other.exponent);
        let shift = |binary: &Self| &binary.mantissa << (binary.exponent - exponent).unsigned_abs();
        (shift(self), shift(other), exponent)
    }
}

impl Digits {
    /// All digits of `mantissa × 2^exponent`.
    fn new(mantissa: &BigUint, exponent: i64) -> Self {
        let power = exponent.unsigned_abs();
        let (whole, scale) = if exponent >= 0 {
            (mantissa << power, 0)
        } else {
            // m / 2^e = m × 5^e / 10^e
            (mantissa * BigUint::from(5_u8).pow(u32::try_from(power).unwrap_or(u32::MAX)), exponent)
        };
        let text = whole.to_string();
        let digits = text.trim_end_matches('0').to_owned();
        let point = if digits.is_empty() { 0 } else { i64::try_from(text.len()).unwrap_or(i64::MAX) + scale };
        Self { digits, point }
    }

    /// The fewest digits that are nearer to this number than to its neighbours, as `roundShortest` of `math/big`.
    fn shortened(mut self, of: &Binary) -> Self {
        let shift = of.precision.saturating_add(1).saturating_sub(of.mantissa.bits());
        let twice = &of.mantissa << shift;
        let exponent = of.exponent.saturating_sub_unsigned(shift);
        let inclusive = !twice.bit(1);
        let lower = Self::new(&(&twice - 1_u8), exponent).digits.into_bytes();
        let upper = Self::new(&(&twice + 1_u8), exponent).digits.into_bytes();
        let digit = |digits: &[u8], at: usize| digits.get(at).copied().unwrap_or(b'0');
        for (at, own) in self.digits.bytes().enumerate() {
            let (low, high) = (digit(&lower, at), digit(&upper, at));
            let down = low != own || inclusive && at + 1 == lower.len();
            let up = own != high && (inclusive || own + 1 < high || at + 1 < upper.len());
            if down || up {
                let up = if down && up { self.rounds_up(at + 1) } else { up };
                self.cut(at + 1, up);
                return self;
            }
        }
        self
    }

    /// Whether what stands behind the first digits rounds up: half goes to the even one.
    fn rounds_up(&self, keep: usize) -> bool {
        let digits = self.digits.as_bytes();
        match digits.get(keep) {
            Some(b'5') if keep + 1 == digits.len() => {
                keep > 0 && digits.get(keep - 1).is_some_and(|last| last % 2 == 1)
            }
            Some(next) => *next >= b'5',
            None => false,
        }
    }

    /// Rounded to so many digits.
    #[must_use]
    pub fn rounded(mut self, keep: usize) -> Self {
        if keep < self.digits.len() {
            let up = self.rounds_up(keep);
            self.cut(keep, up);
        }
        self
    }

    fn cut(&mut self, keep: usize, up: bool) {
        self.digits.truncate(keep);
        let trailing = if up { '9' } else { '0' };
        self.digits.truncate(self.digits.trim_end_matches(trailing).len());
        if up {
            match self.digits.pop() {
                Some(last) => self.digits.push(char::from_u32(u32::from(last) + 1).unwrap_or('9')),
                None => {
                    self.digits.push('1');
                    self.point += 1;
                }
            }
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Self::Int(value) = self {
            return write!(f, "{value}");
        }
        let Some(Digits { digits, point }) = self.digits(true) else {
            return f.write_str(if self.is_negative() { "-Inf" } else { "+Inf" });
        };
        if self.is_negative() {
            f.write_str("-")?;
        }
        let Ok(point) = usize::try_from(point) else {
            return write!(f, "0.{}{digits}", "0".repeat(usize::try_from(-point).unwrap_or(0)));
        };
        match digits.split_at_checked(point) {
            Some(("", "")) => f.write_str("0"),
            Some(("", fraction)) => write!(f, "0.{fraction}"),
            Some((whole, "")) => f.write_str(whole),
            Some((whole, fraction)) => write!(f, "{whole}.{fraction}"),
            None => write!(f, "{digits:0<point$}"),
        }
    }
}
