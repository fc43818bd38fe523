//! Queries compiled: one arena of nodes, every term a numbered slot, anchors for each query.

use super::anchors::Anchors;
use super::compiler::Compiler;
use super::vocabulary::Vocabulary;
use crate::{Expr, Filter, Scope, Within};

/// Which term of the queries; equal terms share one.
pub(super) type Slot = u32;

/// Which node: a place in the arena, or with the highest bit set a slot, so that single terms,
/// by far the most nodes, are read without a further look at memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeId(pub(super) u32);

impl NodeId {
    /// The bit that a slot is marked with.
    pub(super) const TERM: u32 = 1 << 31;
}

/// A part of a query.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node {
    Term(Slot),
    Phrase(List),
    Compound(List),
    Near { left: NodeId, right: NodeId, within: Within, ordered: bool },
    AtLeast(u32, NodeId),
    Score(u32, List),
    And(List),
    Or(List),
    Not(NodeId),
    In(Scope, NodeId),
    Filter(u32),
}

/// A stretch of one of the lists of the [`Program`].
#[derive(Debug, Clone, Copy)]
pub(super) struct List {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The compiled queries.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) nodes: Vec<Node>,
    /// Parts of AND and OR.
    pub(super) parts: Vec<NodeId>,
    /// Terms of phrases.
    pub(super) phrases: Vec<Slot>,
    /// Terms of SCORE with their weights.
    pub(super) weights: Vec<(NodeId, u32)>,
    pub(super) filters: Vec<Filter>,
    pub(super) roots: Vec<NodeId>,
    pub(super) vocabulary: Vocabulary,
    pub(super) anchors: Anchors,
    /// How many slots there are.
    pub(super) slots: usize,
}

impl Program {
    pub(super) fn new(exprs: &[Expr]) -> Program {
        Compiler::default().compile(exprs)
    }

    pub(super) fn root(&self, index: u32) -> Option<NodeId> {
        self.roots.get(index as usize).copied()
    }

    pub(super) fn node(&self, id: NodeId) -> Node {
        // Ids are only made by the compiler, for slots and for nodes that it has pushed.
        match id.0 & NodeId::TERM {
            0 => self.nodes[id.0 as usize],
            _ => Node::Term(id.0 & !NodeId::TERM),
        }
    }

    pub(super) fn parts(&self, list: List) -> &[NodeId] {
        &self.parts[list.start as usize..list.end as usize]
    }

    pub(super) fn phrase(&self, list: List) -> &[Slot] {
        &self.phrases[list.start as usize..list.end as usize]
    }

    pub(super) fn weights(&self, list: List) -> &[(NodeId, u32)] {
        &self.weights[list.start as usize..list.end as usize]
    }

    pub(super) fn filter(&self, id: u32) -> &Filter {
        &self.filters[id as usize]
    }
}
