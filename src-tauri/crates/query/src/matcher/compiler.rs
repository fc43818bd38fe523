//! From queries to the program that asks for them.

use rustc_hash::FxHashMap;

use super::anchors::{Anchors, Need};
use super::program::{List, Node, NodeId, Program, Slot};
use crate::{Expr, Leaf, Term};

#[derive(Default)]
pub(super) struct Compiler {
    program: Program,
    slots: FxHashMap<Vec<Leaf>, Slot>,
    /// The cost of each slot.
    costs: Vec<f32>,
}

/// A compiled part with what is known about it before any text is.
struct Compiled {
    node: NodeId,
    /// What a text that the part is true of must hold, the rarest first.
    needs: Vec<Need>,
}

impl Compiler {
    pub(super) fn compile(mut self, exprs: &[Expr]) -> Program {
        let mut needs = Vec::with_capacity(exprs.len());
        for expr in exprs {
            let compiled = self.expr(expr);
            self.program.roots.push(compiled.node);
            needs.push(compiled.needs);
        }
        self.program.slots = self.costs.len();
        self.program.anchors = Anchors::new(needs, self.program.slots);
        self.program
    }

    /// One query, and the term of each slot.
    pub(super) fn compile_one(mut self, expr: &Expr) -> (Program, Vec<Term>) {
        let root = self.expr(expr).node;
        let mut terms: Vec<(Slot, Term)> =
            self.slots.drain().map(|(leaves, slot)| (slot, Term(leaves))).collect();
        terms.sort_unstable_by_key(|(slot, _)| *slot);
        self.program.roots.push(root);
        self.program.slots = terms.len();
        (self.program, terms.into_iter().map(|(_, term)| term).collect())
    }

    fn expr(&mut self, expr: &Expr) -> Compiled {
        match expr {
            Expr::Term(term) => {
                let slot = self.slot(term);
                let needs = vec![self.need(slot)];
                self.push(Node::Term(slot), needs)
            }
            Expr::Phrase(terms) => self.phrase(terms, Node::Phrase),
            Expr::Compound(terms) => self.phrase(terms, Node::Compound),
            Expr::Near { left, right, within, ordered } => {
                let (left, right) = (self.expr(left), self.expr(right));
                let (within, ordered) = (*within, *ordered);
                let near = Node::Near { left: left.node, right: right.node, within, ordered };
                self.push(near, all([left, right]))
            }
            Expr::AtLeast(count, part) => {
                let part = self.expr(part);
                let needs = if *count == 0 { Vec::new() } else { part.needs };
                self.push(Node::AtLeast(*count, part.node), needs)
            }
            Expr::Score(threshold, terms) => self.score(*threshold, terms),
            Expr::And(parts) => self.and(parts),
            Expr::Or(parts) => self.or(parts),
            Expr::Not(part) => {
                let part = self.expr(part);
                self.push(Node::Not(part.node), Vec::new())
            }
            Expr::In(scope, part) => {
                let part = self.expr(part);
                self.push(Node::In(*scope, part.node), part.needs)
            }
            Expr::Filter(filter) => {
                self.program.filters.push(filter.clone());
                let id = self.program.filters.len() as u32 - 1;
                self.push(Node::Filter(id), Vec::new())
            }
        }
    }

    fn phrase(&mut self, terms: &[Term], node: fn(List) -> Node) -> Compiled {
        let slots: Vec<Slot> = terms.iter().map(|term| self.slot(term)).collect();
        let needs = rarest_first(slots.iter().map(|slot| self.need(*slot)).collect());
        let list = extend(&mut self.program.phrases, slots);
        if terms.is_empty() { self.or(&[]) } else { self.push(node(list), needs) }
    }

    fn score(&mut self, threshold: u32, terms: &[(Expr, u32)]) -> Compiled {
        let compiled: Vec<Compiled> = terms.iter().map(|(term, _)| self.expr(term)).collect();
        let weights = terms.iter().map(|(_, weight)| *weight);
        let list = extend(&mut self.program.weights, compiled.iter().map(|term| term.node).zip(weights));
        let needs = if threshold == 0 { Vec::new() } else { any(compiled) };
        self.push(Node::Score(threshold, list), needs)
    }

    /// The rarest part is asked first, and last what no word tells of.
    fn and(&mut self, parts: &[Expr]) -> Compiled {
        let mut compiled: Vec<Compiled> = parts.iter().map(|part| self.expr(part)).collect();
        let cost = |part: &Compiled| part.needs.first().map_or(f32::INFINITY, |rarest| rarest.cost);
        compiled.sort_by(|a, b| cost(a).total_cmp(&cost(b)));
        let list = extend(&mut self.program.parts, compiled.iter().map(|part| part.node));
        self.push(Node::And(list), all(compiled))
    }

    fn or(&mut self, parts: &[Expr]) -> Compiled {
        let compiled: Vec<Compiled> = parts.iter().map(|part| self.expr(part)).collect();
        let list = extend(&mut self.program.parts, compiled.iter().map(|part| part.node));
        self.push(Node::Or(list), any(compiled))
    }

    fn push(&mut self, node: Node, needs: Vec<Need>) -> Compiled {
        if let Node::Term(slot) = node {
            return Compiled { node: NodeId(slot | NodeId::TERM), needs };
        }
        self.program.nodes.push(node);
        Compiled { node: NodeId(self.program.nodes.len() as u32 - 1), needs }
    }

    fn need(&self, slot: Slot) -> Need {
        Need { slots: vec![slot], cost: self.costs[slot as usize] }
    }

    fn slot(&mut self, term: &Term) -> Slot {
        if let Some(slot) = self.slots.get(&term.0) {
            return *slot;
        }
        let slot = self.costs.len() as Slot;
        term.0.iter().for_each(|leaf| self.program.vocabulary.add(leaf, slot));
        self.costs.push(term.0.iter().map(cost).sum());
        self.slots.insert(term.0.clone(), slot);
        slot
    }
}

/// The needs of what is true if all parts are.
fn all(parts: impl IntoIterator<Item = Compiled>) -> Vec<Need> {
    rarest_first(parts.into_iter().flat_map(|part| part.needs).collect())
}

/// The need of what is true if any part is: the rarest one of each. None if a part has none.
fn any(parts: Vec<Compiled>) -> Vec<Need> {
    let mut need = Need { slots: Vec::new(), cost: 0.0 };
    for part in parts {
        let Some(rarest) = part.needs.into_iter().next() else { return Vec::new() };
        need.slots.extend(rarest.slots);
        need.cost += rarest.cost;
    }
    vec![need]
}

fn rarest_first(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    needs
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
