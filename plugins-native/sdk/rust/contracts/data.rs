//! What the data of contracts is made of. Each type lies in memory as the contract's C header says, borrows what it points at, and is
//! zero, null or empty by default. What came from outside has been checked before a plugin sees it, so that reading cannot fail.

/// What crosses as it lies in memory.
///
/// # Safety
/// A value of zeros is valid, and so is one from outside for which `check` has returned Ok.
pub unsafe trait Data: Copy {
    /// The same type with the lifetime 'static, by which it is named where no value is borrowed.
    type Kind: 'static;

    /// Whether there is something to check.
    const HAS_POINTERS: bool = false;

    /// Whether it begins with its size, and may be shorter than here.
    const GROWS: bool = false;

    /// Refuses what does not lead to memory. Reads all that it leads to.
    fn check(&self, _limits: &mut Limits) -> Result<(), Fault> {
        Ok(())
    }

    /// Reads one from outside, without what it leads to.
    ///
    /// # Safety
    /// `from` is NULL or leads to one.
    unsafe fn load(from: *const Self) -> Result<Self, Fault> {
        aligned(from)?;
        Ok(unsafe { from.read() })
    }
}

/// Zeros.
pub fn zero<T: Data>() -> T {
    unsafe { std::mem::zeroed() }
}

/// Why data was refused, with the member.
#[derive(Debug)]
pub struct Fault(pub String);

impl Fault {
    pub fn new(message: &str) -> Self {
        Fault(message.into())
    }

    /// The same, of a member of what it was found in. Of a long way only its end is said.
    pub fn of(self, member: &str) -> Self {
        let separator = if self.0.starts_with('[') { "" } else if self.0.contains(": ") { "." } else { ": " };
        if self.0.len() > Self::LONGEST { self } else { Fault(format!("{member}{separator}{}", self.0)) }
    }

    const LONGEST: usize = 200;
}

/// How deep and how large the data of a call may be: what a host allows unless it is told otherwise.
pub struct Limits {
    depth: u32,
    bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 64, bytes: 1 << 30 }
    }
}

impl Limits {
    /// Counts what one value takes, and goes one level deeper for what is in it.
    pub fn within(&mut self, bytes: usize, check: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(|| Fault::new("more than 1 GiB in a call"))?;
        self.depth = self.depth.checked_sub(1).ok_or_else(|| Fault::new("nested deeper than 64 levels"))?;
        let outcome = check(self);
        self.depth += 1;
        outcome
    }
}

/// Refuses a pointer that is NULL or not aligned.
pub fn aligned<T>(from: *const T) -> Result<(), Fault> {
    match from {
        from if from.is_null() => Err(Fault::new("is NULL")),
        from if !from.is_aligned() => Err(Fault::new("is not aligned")),
        _ => Ok(()),
    }
}
