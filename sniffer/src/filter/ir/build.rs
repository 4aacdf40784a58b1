//! `Hir` → `Ir`. Variables end here: what stands to the right of a variable is made once for each value that the
//! variable can have there, so that blocks need no memory.

use std::collections::HashMap;
use std::sync::Arc;

use thiserror::Error;

use super::super::hir::{
    AluOp, Chain, Hir, MAX_KEY_WORDS, MAX_VARS, Member, Meta, Relation, Size, Value, Var,
};
use super::super::set::{Elements, Set};
use super::tree::Tree;
use super::{
    Block, BlockId, End, Expr, Guard, Ir, Key, MAX_POSITION, SetId, Test, TestOp, Val, Values, Walk,
};

/// Up to how many ranges a set without a name is searched in code, as a tree of comparisons, instead of in maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InCode {
    /// Of IPv4 and IPv6 addresses.
    pub addresses: usize,
    /// Of Ethernet addresses.
    pub ether: usize,
    /// Of ports.
    pub ports: usize,
}

impl InCode {
    /// Where a tree takes about as long for a key that is no element, as most are, as a look-up in maps does
    /// (`cargo xtask bench sets`): the outcome of its branches cannot be foreseen.
    pub const BEST: Self = Self { addresses: 64, ether: 16, ports: 4 };
    /// All sets in maps.
    pub const NEVER: Self = Self { addresses: 0, ether: 0, ports: 0 };
}

/// The most blocks that a condition may become. Each takes at least one instruction, and the kernel's verifier gives
/// up on programs in which it follows more than a million (`BPF_COMPLEXITY_LIMIT_INSNS` of `linux/bpf.h`).
const MAX_BLOCKS: usize = 1 << 18;

/// What of a condition is too large for any program.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum LimitError {
    /// Too many comparisons, counted once for each combination of variables.
    #[error("the filter needs more than {MAX_BLOCKS} decisions")]
    TooManyDecisions,
    /// A variable beyond [`MAX_VARS`].
    #[error("the filter uses variable {0}: at most {MAX_VARS} are allowed")]
    TooManyVariables(u32),
}

/// The graph of a condition, before any pass.
pub(crate) fn build(hir: &Hir) -> Result<Ir, LimitError> {
    build_with(hir, InCode::BEST)
}

/// The same with at most so many ranges of a set in code.
pub(crate) fn build_with(hir: &Hir, in_code: InCode) -> Result<Ir, LimitError> {
    let mut steps = Steps::default();
    let first = steps.add(hir, StepId::ACCEPT, StepId::REJECT)?;
    Builder::new(&steps, in_code).run(first)
}

/// A step of the evaluation; its successors have lower numbers.
#[derive(Clone, Copy)]
struct Step<'h> {
    action: Action<'h>,
    yes: StepId,
    no: StepId,
    /// The variables that this step or one behind it reads before setting it, one bit each.
    live: u32,
}

#[derive(Clone, Copy)]
enum Action<'h> {
    Compare(Relation, &'h Value, &'h Value),
    Set(Var, &'h Value),
    Chain(&'h Chain),
    Member(&'h Member),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct StepId(usize);

impl StepId {
    const ACCEPT: Self = Self(0);
    const REJECT: Self = Self(1);
    /// The number of steps that have no action.
    const FIXED: usize = 2;
}

#[derive(Default)]
struct Steps<'h> {
    steps: Vec<Step<'h>>,
}

impl<'h> Steps<'h> {
    /// Adds what evaluates `hir` and goes on to `yes` or `no`. Recursion is as deep as the condition.
    fn add(&mut self, hir: &'h Hir, yes: StepId, no: StepId) -> Result<StepId, LimitError> {
        match hir {
            Hir::Const(value) => Ok(if *value { yes } else { no }),
            Hir::Not(inner) => self.add(inner, no, yes),
            Hir::All(items) => items.iter().rev().try_fold(yes, |next, item| self.add(item, next, no)),
            Hir::Any(items) => items.iter().rev().try_fold(no, |next, item| self.add(item, yes, next)),
            Hir::Compare { op, lhs, rhs } => self.push(Action::Compare(*op, lhs, rhs), yes, no),
            Hir::Set { var, value } => self.push(Action::Set(*var, value), yes, yes),
            Hir::Chain(chain) => self.push(Action::Chain(chain), yes, no),
            Hir::Member(member) => self.push(Action::Member(member), yes, no),
        }
    }

    fn push(&mut self, action: Action<'h>, yes: StepId, no: StepId) -> Result<StepId, LimitError> {
        let mut live = self.live(yes) | self.live(no);
        match action {
            Action::Compare(_, lhs, rhs) => live |= reads(lhs)? | reads(rhs)?,
            Action::Set(var, value) => live = live & !bit(var)? | reads(value)?,
            Action::Chain(chain) => live |= reads(&chain.first)? | reads(&chain.position)?,
            Action::Member(member) => {
                for word in &member.key {
                    live |= reads(word)?;
                }
            }
        }
        self.steps.push(Step { action, yes, no, live });
        Ok(StepId(self.steps.len() - 1 + StepId::FIXED))
    }

    fn get(&self, id: StepId) -> Option<&Step<'h>> {
        self.steps.get(id.0.checked_sub(StepId::FIXED)?)
    }

    fn live(&self, id: StepId) -> u32 {
        self.get(id).map_or(0, |step| step.live)
    }
}

fn bit(var: Var) -> Result<u32, LimitError> {
    if (var.0 as usize) < MAX_VARS { Ok(1 << var.0) } else { Err(LimitError::TooManyVariables(var.0)) }
}

/// The variables that a value reads, one bit each.
fn reads(value: &Value) -> Result<u32, LimitError> {
    Ok(match value {
        Value::Var(var) => bit(*var)?,
        Value::Load { index: Some(index), .. } => reads(index)?,
        Value::Alu { lhs, rhs, .. } => reads(lhs)? | reads(rhs)?,
        Value::Load { index: None, .. } | Value::Const(_) | Value::Len | Value::Meta(_) => 0,
    })
}

/// What each variable holds; those that are not read any more hold 0.
type Env = [Val; MAX_VARS];

struct Builder<'s, 'h> {
    steps: &'s Steps<'h>,
    ir: Ir,
    made: HashMap<(StepId, Env), BlockId>,
    todo: Vec<(StepId, Env, BlockId)>,
    zero: Val,
    in_code: InCode,
}

/// The value cannot be computed of any packet.
struct Impossible;

impl<'s, 'h> Builder<'s, 'h> {
    fn new(steps: &'s Steps<'h>, in_code: InCode) -> Self {
        let mut values = Values::default();
        let zero = values.number(0);
        let blocks = [End::Accept, End::Reject].map(|end| Block { guards: Vec::new(), end });
        let ir = Ir { values, blocks: blocks.into(), entry: BlockId::REJECT, sets: Vec::new() };
        Self { steps, ir, made: HashMap::new(), todo: Vec::new(), zero, in_code }
    }

    fn run(mut self, first: StepId) -> Result<Ir, LimitError> {
        self.ir.entry = self.block(first, [self.zero; MAX_VARS]);
        while let Some((step, env, block)) = self.todo.pop() {
            if self.ir.blocks.len() > MAX_BLOCKS {
                return Err(LimitError::TooManyDecisions);
            }
            if let Some(step) = self.steps.get(step) {
                let content = self.content(step, env);
                self.ir.blocks[block.index()] = content;
            }
        }
        Ok(self.ir)
    }

    /// The block for a step with these variables, to be filled later if it is new.
    fn block(&mut self, step: StepId, mut env: Env) -> BlockId {
        match step {
            StepId::ACCEPT => return BlockId::ACCEPT,
            StepId::REJECT => return BlockId::REJECT,
            _ => {}
        }
        let live = self.steps.live(step);
        for (number, value) in env.iter_mut().enumerate() {
            if live & 1 << number == 0 {
                *value = self.zero;
            }
        }
        if let Some(block) = self.made.get(&(step, env)) {
            return *block;
        }
        let block = BlockId(self.ir.blocks.len() as u32);
        self.ir.blocks.push(Block { guards: Vec::new(), end: End::Reject });
        self.made.insert((step, env), block);
        self.todo.push((step, env, block));
        block
    }

    fn content(&mut self, step: &Step<'h>, env: Env) -> Block {
        let mut guards = Vec::new();
        match self.end(step, env, &mut guards) {
            Ok(end) => Block { guards, end },
            Err(Impossible) => Block { guards: Vec::new(), end: End::Jump(BlockId::REJECT) },
        }
    }

    fn end(&mut self, step: &Step<'h>, mut env: Env, guards: &mut Vec<Guard>) -> Result<End, Impossible> {
        match step.action {
            Action::Compare(op, lhs, rhs) => {
                let lhs = self.value(lhs, &env, guards)?;
                let rhs = self.value(rhs, &env, guards)?;
                let (yes, no) = (self.block(step.yes, env), self.block(step.no, env));
                Ok(branch(&self.ir.values, op, lhs, rhs, yes, no))
            }
            Action::Set(var, value) => {
                let value = self.value(value, &env, guards)?;
                if let Some(slot) = env.get_mut(var.0 as usize) {
                    *slot = value;
                }
                Ok(End::Jump(self.block(step.yes, env)))
            }
            Action::Chain(chain) => {
                let first = self.value(&chain.first, &env, guards)?;
                let position = self.value(&chain.position, &env, guards)?;
                let walk = Walk { version: chain.version, first, position, protocol: chain.protocol };
                Ok(End::Chain { walk, yes: self.block(step.yes, env), no: self.block(step.no, env) })
            }
            Action::Member(member) => {
                let mut words = [None; MAX_KEY_WORDS];
                for (word, value) in words.iter_mut().zip(&member.key) {
                    *word = Some(self.value(value, &env, guards)?);
                }
                let (yes, no) = (self.block(step.yes, env), self.block(step.no, env));
                if self.is_in_code(&member.set) {
                    return Ok(Tree { ir: &mut self.ir, words, yes, no }.root(&member.set));
                }
                let key = Key { set: self.set(&member.set), words };
                Ok(End::Lookup { key, yes, no })
            }
        }
    }

    /// Whether the set becomes decisions. One with a name can change, which code cannot.
    fn is_in_code(&self, set: &Set) -> bool {
        let most = match set.elements {
            Elements::Ip(_) | Elements::Ip6(_) => self.in_code.addresses,
            Elements::Mac(_) => self.in_code.ether,
            Elements::Port(_) => self.in_code.ports,
        };
        set.name.is_none() && set.range_count() <= most
    }

    /// The index of the set among those that are looked up.
    fn set(&mut self, set: &Arc<Set>) -> SetId {
        let place = self.ir.sets.iter().position(|known| known == set).unwrap_or_else(|| {
            self.ir.sets.push(Arc::clone(set));
            self.ir.sets.len() - 1
        });
        SetId(place as u32)
    }

    /// Names the value and appends the guards that it needs, in the order in which they reject.
    fn value(&mut self, value: &Value, env: &Env, guards: &mut Vec<Guard>) -> Result<Val, Impossible> {
        match value {
            Value::Const(number) => Ok(self.ir.values.number(*number)),
            Value::Len => Ok(self.ir.values.intern(Expr::Len)),
            Value::Meta(meta) => {
                let field = self.ir.values.intern(Expr::Meta(*meta));
                Ok(if *meta == Meta::Protocol { self.ir.values.swap(field, Size::Half) } else { field })
            }
            Value::Var(var) => Ok(env.get(var.0 as usize).copied().unwrap_or(self.zero)),
            Value::Load { index, offset, size } => {
                let index = match index {
                    Some(index) => Some(self.value(index, env, guards)?),
                    None => None,
                };
                load(&mut self.ir.values, index, *offset, *size, guards)
            }
            Value::Alu { op, lhs, rhs } => {
                let lhs = self.value(lhs, env, guards)?;
                let rhs = self.value(rhs, env, guards)?;
                if matches!(op, AluOp::Div | AluOp::Mod) {
                    match self.ir.values.as_number(rhs) {
                        Some(0) => return Err(Impossible),
                        Some(_) => {}
                        None => guards.push(Guard::NonZero(rhs)),
                    }
                }
                Ok(self.ir.values.alu(*op, lhs, rhs))
            }
        }
    }
}

/// A load in host byte order and its guard. Constants in the index that cannot make it wrap go into the offset.
fn load(
    values: &mut Values,
    index: Option<Val>,
    offset: u32,
    size: Size,
    guards: &mut Vec<Guard>,
) -> Result<Val, Impossible> {
    let (index, offset) = split_index(values, index, offset);
    let end = offset.checked_add(size as u32).filter(|end| *end <= MAX_POSITION).ok_or(Impossible)?;
    guards.push(Guard::Captured { index, end });
    let bytes = values.intern(Expr::Load { index, offset, size });
    Ok(if size == Size::Byte { bytes } else { values.swap(bytes, size) })
}

fn split_index(values: &Values, index: Option<Val>, offset: u32) -> (Option<Val>, u32) {
    let Some(index) = index else { return (None, offset) };
    match values.expr(index) {
        Expr::Const(number) => (None, offset.saturating_add(number)),
        Expr::Alu { op: AluOp::Add, lhs, rhs } => match values.as_number(rhs) {
            Some(number) if values.max(lhs).checked_add(number).is_some() => {
                split_index(values, Some(lhs), offset.saturating_add(number))
            }
            _ => (Some(index), offset),
        },
        _ => (Some(index), offset),
    }
}

/// The decision `lhs op rhs` in its normal form.
fn branch(values: &Values, op: Relation, lhs: Val, rhs: Val, yes: BlockId, no: BlockId) -> End {
    if let (Some(a), Some(b)) = (values.as_number(lhs), values.as_number(rhs)) {
        return End::Jump(if op.holds(a, b) { yes } else { no });
    }
    let mirrored = values.as_number(lhs).is_some();
    let (lhs, rhs) = if mirrored { (rhs, lhs) } else { (lhs, rhs) };
    let (op, negated) = match (op, mirrored) {
        (Relation::Eq, _) => (TestOp::Eq, false),
        (Relation::Ne, _) => (TestOp::Eq, true),
        (Relation::Gt, false) | (Relation::Lt, true) => (TestOp::Gt, false),
        (Relation::Ge, false) | (Relation::Le, true) => (TestOp::Ge, false),
        (Relation::Lt, false) | (Relation::Gt, true) => (TestOp::Ge, true),
        (Relation::Le, false) | (Relation::Ge, true) => (TestOp::Gt, true),
    };
    let (yes, no) = if negated { (no, yes) } else { (yes, no) };
    End::Branch { test: Test { op, lhs, rhs }, yes, no }
}
