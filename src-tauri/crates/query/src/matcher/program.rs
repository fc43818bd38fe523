//! Queries compiled: one arena of nodes, every term a numbered slot, anchors for each query.

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::vocabulary::Vocabulary;
use crate::{Expr, Filter, Leaf, Scope, Term, Within};

/// Which term of the queries; equal terms share one.
pub(super) type Slot = u32;

/// Which node: a place in the arena, or with the highest bit set a slot, so that single terms,
/// by far the most nodes, are read without a further look at memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct NodeId(u32);

const TERM: u32 = 1 << 31;

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
    start: u32,
    end: u32,
}

/// The compiled queries.
#[derive(Debug, Default)]
pub(super) struct Program {
    nodes: Vec<Node>,
    /// Parts of AND and OR.
    parts: Vec<NodeId>,
    /// Terms of phrases.
    phrases: Vec<Slot>,
    /// Terms of SCORE with their weights.
    weights: Vec<(NodeId, u32)>,
    filters: Vec<Filter>,
    pub(super) roots: Vec<NodeId>,
    pub(super) vocabulary: Vocabulary,
    /// For each slot the queries that it is an anchor of.
    anchored: Vec<Vec<u32>>,
    /// Queries without anchors: filters only.
    unanchored: Vec<u32>,
}

/// A compiled part with what is known about it before any text is.
struct Compiled {
    node: NodeId,
    /// Roughly how often texts hold one of the anchors.
    cost: f32,
    /// A text that the part is true of holds one of these; none if nothing is known.
    anchors: Option<Vec<Slot>>,
}

impl Program {
    pub(super) fn new(exprs: &[Expr]) -> Program {
        let mut compiler = Compiler::default();
        for (index, expr) in exprs.iter().enumerate() {
            compiler.root(index as u32, expr);
        }
        compiler.program
    }

    /// How many slots the queries have.
    pub(super) fn slots(&self) -> usize {
        self.anchored.len()
    }

    pub(super) fn root(&self, index: u32) -> Option<NodeId> {
        self.roots.get(index as usize).copied()
    }

    pub(super) fn node(&self, id: NodeId) -> Node {
        // Ids are only made by the compiler, for slots and for nodes that it has pushed.
        if id.0 & TERM != 0 { Node::Term(id.0 & !TERM) } else { self.nodes[id.0 as usize] }
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

    /// The queries that may be true of a text in which these slots occur.
    pub(super) fn choose(&self, slots: &[Slot], into: &mut Bits) {
        self.unanchored.iter().for_each(|query| into.insert(*query));
        for slot in slots {
            self.anchored[*slot as usize].iter().for_each(|query| into.insert(*query));
        }
    }
}

#[derive(Default)]
struct Compiler {
    program: Program,
    slots: FxHashMap<Vec<Leaf>, Slot>,
    /// The cost of each slot.
    costs: Vec<f32>,
}

impl Compiler {
    fn root(&mut self, index: u32, expr: &Expr) {
        let compiled = self.expr(expr);
        self.program.roots.push(compiled.node);
        let Some(mut anchors) = compiled.anchors else {
            self.program.unanchored.push(index);
            return;
        };
        anchors.sort_unstable();
        anchors.dedup();
        for slot in anchors {
            self.program.anchored[slot as usize].push(index);
        }
    }

    fn expr(&mut self, expr: &Expr) -> Compiled {
        match expr {
            Expr::Term(term) => {
                let slot = self.slot(term);
                self.anchored(Node::Term(slot), slot)
            }
            Expr::Phrase(terms) => self.phrase(terms, Node::Phrase),
            Expr::Compound(terms) => self.phrase(terms, Node::Compound),
            Expr::Near { left, right, within, ordered } => {
                let (left, right) = (self.expr(left), self.expr(right));
                let (within, ordered) = (*within, *ordered);
                let near = Node::Near { left: left.node, right: right.node, within, ordered };
                let node = self.push(near);
                let rarer = if right.cost < left.cost { right } else { left };
                Compiled { node, ..rarer }
            }
            Expr::AtLeast(count, part) => {
                let part = self.expr(part);
                let node = self.push(Node::AtLeast(*count, part.node));
                if *count == 0 { Compiled::always(node) } else { Compiled { node, ..part } }
            }
            Expr::Score(threshold, terms) => self.score(*threshold, terms),
            Expr::And(parts) => self.and(parts),
            Expr::Or(parts) => self.or(parts),
            Expr::Not(part) => {
                let part = self.expr(part);
                Compiled::always(self.push(Node::Not(part.node)))
            }
            Expr::In(scope, part) => {
                let part = self.expr(part);
                Compiled { node: self.push(Node::In(*scope, part.node)), ..part }
            }
            Expr::Filter(filter) => {
                self.program.filters.push(filter.clone());
                let id = self.program.filters.len() as u32 - 1;
                Compiled::always(self.push(Node::Filter(id)))
            }
        }
    }

    fn phrase(&mut self, terms: &[Term], node: fn(List) -> Node) -> Compiled {
        let slots: Vec<Slot> = terms.iter().map(|term| self.slot(term)).collect();
        let rarest = slots.iter().copied().min_by(|a, b| self.cost(*a).total_cmp(&self.cost(*b)));
        let list = extend(&mut self.program.phrases, slots);
        match rarest {
            Some(rarest) => self.anchored(node(list), rarest),
            None => self.never(),
        }
    }

    fn score(&mut self, threshold: u32, terms: &[(Expr, u32)]) -> Compiled {
        let weights: Vec<u32> = terms.iter().map(|(_, weight)| *weight).collect();
        let compiled: Vec<Compiled> = terms.iter().map(|(term, _)| self.expr(term)).collect();
        let ids: Vec<(NodeId, u32)> = compiled.iter().map(|term| term.node).zip(weights).collect();
        let list = extend(&mut self.program.weights, ids);
        let node = self.push(Node::Score(threshold, list));
        if threshold == 0 { Compiled::always(node) } else { Compiled::any(node, compiled) }
    }

    /// The rarest part is asked first, and its anchors stand for the whole.
    fn and(&mut self, parts: &[Expr]) -> Compiled {
        let mut compiled: Vec<Compiled> = parts.iter().map(|part| self.expr(part)).collect();
        compiled.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        let list = extend(&mut self.program.parts, compiled.iter().map(|part| part.node));
        let node = self.push(Node::And(list));
        match compiled.into_iter().next() {
            Some(rarest) => Compiled { node, ..rarest },
            None => Compiled::always(node),
        }
    }

    /// The commonest part is asked first, and the anchors of all stand for the whole.
    fn or(&mut self, parts: &[Expr]) -> Compiled {
        let mut compiled: Vec<Compiled> = parts.iter().map(|part| self.expr(part)).collect();
        compiled.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        let list = extend(&mut self.program.parts, compiled.iter().map(|part| part.node));
        let node = self.push(Node::Or(list));
        Compiled::any(node, compiled)
    }

    /// What is true of no text.
    fn never(&mut self) -> Compiled {
        let node = self.push(Node::Or(List { start: 0, end: 0 }));
        Compiled::any(node, Vec::new())
    }

    fn anchored(&mut self, node: Node, slot: Slot) -> Compiled {
        Compiled { node: self.push(node), cost: self.cost(slot), anchors: Some(vec![slot]) }
    }

    fn push(&mut self, node: Node) -> NodeId {
        if let Node::Term(slot) = node {
            return NodeId(slot | TERM);
        }
        self.program.nodes.push(node);
        NodeId(self.program.nodes.len() as u32 - 1)
    }

    fn cost(&self, slot: Slot) -> f32 {
        self.costs[slot as usize]
    }

    fn slot(&mut self, term: &Term) -> Slot {
        if let Some(slot) = self.slots.get(&term.0) {
            return *slot;
        }
        let slot = self.costs.len() as Slot;
        term.0.iter().for_each(|leaf| self.program.vocabulary.add(leaf, slot));
        self.costs.push(term.0.iter().map(cost).sum());
        self.program.anchored.push(Vec::new());
        self.slots.insert(term.0.clone(), slot);
        slot
    }
}

impl Compiled {
    /// True of texts that no word tells of.
    fn always(node: NodeId) -> Compiled {
        Compiled { node, cost: f32::INFINITY, anchors: None }
    }

    fn any(node: NodeId, parts: Vec<Compiled>) -> Compiled {
        let cost = parts.iter().map(|part| part.cost).sum();
        let anchors: Option<Vec<Vec<Slot>>> = parts.into_iter().map(|part| part.anchors).collect();
        Compiled { node, cost, anchors: anchors.map(|anchors| anchors.concat()) }
    }
}

fn extend<T>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) -> List {
    let start = list.len() as u32;
    list.extend(items);
    List { start, end: list.len() as u32 }
}

/// Roughly how common the words are that a leaf fits: long words are rarer than short ones, forms
/// and prefixes fit several, capitals few.
fn cost(leaf: &Leaf) -> f32 {
    let (word, fits) = match leaf {
        Leaf::Folded(word) => (word, 1.0),
        Leaf::Stem(_, stem) => (stem, 1.5),
        Leaf::Prefix(prefix) => (prefix, 4.0),
        Leaf::Exact(word) => (word, 0.5),
        Leaf::Acronym(word) => (word, 0.1),
    };
    let by_length = match word.chars().count() {
        0..=1 => 60.0,
        2 => 40.0,
        3 => 20.0,
        4 => 10.0,
        5 => 6.0,
        6 => 4.0,
        7 => 3.0,
        _ => 2.0,
    };
    by_length * fits
}
