//! What is to be printed, as a tree of texts and of places where a line may break, and the printer that
//! breaks as few of them as the width allows. It knows nothing of SQL, and must never drop a text: it only decides
//! what stands between two of them.

use super::tokens::{Comment, Tag};

/// Columns that a level is indented by.
const STEP: usize = 2;

/// A part of what is printed.
pub enum Document<'a> {
    /// As it stands.
    Text(&'a str),
    /// In upper case.
    Upper(&'a str),
    /// The text given, or a new line where the group around it is broken.
    Line(&'static str),
    /// Like `Line(" ")`, where an empty line of the author's may stay.
    Part,
    /// A new line, always.
    Hard,
    /// The author had an empty line here.
    Empty,
    /// A comment on lines of its own.
    Own(&'a Comment<'a>),
    /// A comment with more behind it on its line.
    Within(&'a str),
    /// A comment that ends its line.
    Suffix(&'a str),
    Indent(Vec<Document<'a>>),
    /// What follows a blank, or a new line where only that keeps it in one piece.
    Hug(Vec<Document<'a>>),
    /// What never breaks.
    Solid(Vec<Document<'a>>),
    /// Lines that break together: all, or none. The flag says that they must.
    Group(Vec<Document<'a>>, bool),
}

/// Where comments stand in documents that only broken lines can show.
#[derive(Default)]
struct Comments {
    /// Between other parts, so that lines have to break.
    between: bool,
    /// Before all other parts.
    first: bool,
    /// Behind all other parts.
    last: bool,
    /// There are other parts.
    parts: bool,
}

/// Marks the groups that cannot stay on one line. Comments at their ends are the matter of what is around.
fn propagate(documents: &mut [Document<'_>]) -> Comments {
    let mut all = Comments::default();
    for document in documents {
        let one = match document {
            Document::Hard => Comments { between: true, parts: true, ..Comments::default() },
            Document::Own(_) | Document::Suffix(_) => {
                Comments { first: true, last: true, ..Comments::default() }
            }
            Document::Empty => continue,
            Document::Indent(inner) | Document::Hug(inner) | Document::Solid(inner) => propagate(inner),
            Document::Group(inner, broken) => {
                let inner = propagate(inner);
                *broken |= inner.between;
                inner
            }
            _ => Comments { parts: true, ..Comments::default() },
        };
        all.between |= one.between || (one.parts && (all.last || (all.parts && one.first)));
        all.first |= one.first && !all.parts;
        all.last = one.last && (one.parts || all.parts) || (all.last && !one.parts);
        all.parts |= one.parts;
    }
    all
}

/// Prints documents, of lines up to a width where that can be.
pub fn print(mut documents: Vec<Document<'_>>, width: usize, capacity: usize) -> String {
    propagate(&mut documents);
    let mut printer = Printer {
        out: String::with_capacity(capacity),
        column: 0,
        newline: None,
        suffixes: Vec::new(),
        tags: Vec::new(),
        width,
        probe: Vec::new(),
    };
    printer.run(&documents);
    printer.flush_suffixes();
    printer.out.truncate(printer.out.trim_end().len());
    printer.out.push('\n');
    printer.out
}

/// The rest of a list of documents, and whether its lines are broken.
#[derive(Clone, Copy)]
struct Work<'d, 'a> {
    indent: usize,
    broken: bool,
    rest: &'d [Document<'a>],
}

/// A line that ends before the next text.
#[derive(Clone, Copy)]
struct Newline {
    may_be_empty: bool,
    empty: bool,
}

struct Printer<'d, 'a> {
    out: String,
    column: usize,
    newline: Option<Newline>,
    /// Comments that end the line once it ends, with their indentation where they need a line of their own.
    suffixes: Vec<(&'a str, usize)>,
    /// Columns of the template tags that are open.
    tags: Vec<usize>,
    width: usize,
    probe: Vec<(bool, &'d [Document<'a>])>,
}

impl<'d, 'a> Printer<'d, 'a> {
    fn run(&mut self, documents: &'d [Document<'a>]) {
        let mut stack = vec![Work { indent: 0, broken: true, rest: documents }];
        while let Some(Work { indent, broken, rest }) = stack.pop() {
            let Some((first, rest)) = rest.split_first() else { continue };
            stack.push(Work { indent, broken, rest });
            match first {
                Document::Text(text) => self.text(text, indent),
                Document::Upper(text) => self.text(&text.to_ascii_uppercase(), indent),
                Document::Line(flat) if !broken => self.flat(flat, indent),
                Document::Part if !broken => self.flat(" ", indent),
                Document::Line(_) | Document::Hard => self.end_line(false),
                Document::Part => self.end_line(true),
                Document::Empty => {
                    if let Some(newline) = &mut self.newline {
                        newline.empty |= newline.may_be_empty;
                    }
                }
                Document::Own(comment) => self.own(comment, indent),
                Document::Within(text) => {
                    if !self.suffixes.is_empty() {
                        self.end_line(false);
                    }
                    self.text(text, indent);
                }
                Document::Suffix(text) => self.suffixes.push((text, indent)),
                Document::Indent(inner) => stack.push(Work { indent: indent + STEP, broken, rest: inner }),
                Document::Hug(inner) => {
                    let below = indent + STEP;
                    let broken = broken && !self.fits(false, inner, &stack, self.column + 1);
                    let moves = broken
                        && (self.fits(false, inner, &stack, below)
                            || !self.fits(true, inner, &stack, self.column + 1));
                    if moves {
                        self.end_line(false);
                    } else {
                        self.flat(" ", indent);
                    }
                    let indent = if moves { below } else { indent };
                    stack.push(Work { indent, broken, rest: inner });
                }
                Document::Solid(inner) => stack.push(Work { indent, broken: false, rest: inner }),
                Document::Group(inner, forced) => {
                    let column = if self.newline.is_some() { indent } else { self.column };
                    // What stands in a group that fits does so too.
                    let broken = *forced || (broken && !self.fits(false, inner, &stack, column));
                    stack.push(Work { indent, broken, rest: inner });
                }
            }
        }
    }

    /// A blank that no line ends at.
    fn flat(&mut self, blank: &str, indent: usize) {
        if !blank.is_empty() && self.newline.is_none() {
            self.text(blank, indent);
        }
    }

    fn text(&mut self, text: &str, indent: usize) {
        if let Some(newline) = self.newline {
            if text == " " {
                return;
            }
            self.newline = None;
            self.start_line(newline, indent);
        }
        self.write(text);
    }

    fn start_line(&mut self, newline: Newline, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
            if newline.empty {
                self.out.push('\n');
            }
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
    }

    fn write(&mut self, text: &str) {
        self.out.push_str(text);
        match text.rfind('\n') {
            Some(end) => self.column = text[end + 1..].chars().count(),
            None => self.column += text.chars().count(),
        }
    }

    fn flush_suffixes(&mut self) {
        let mut ended = false;
        for (comment, indent) in std::mem::take(&mut self.suffixes) {
            let end = self.out.trim_end_matches(' ').len();
            self.out.truncate(end);
            if ended {
                self.start_line(Newline { may_be_empty: false, empty: false }, indent);
            } else {
                self.out.push(' ');
            }
            self.write(comment);
            ended = !comment.starts_with("/*");
        }
    }

    fn end_line(&mut self, may_be_empty: bool) {
        self.flush_suffixes();
        match &mut self.newline {
            Some(newline) => newline.may_be_empty |= may_be_empty,
            None => {
                let end = self.out.trim_end_matches(' ').len();
                self.out.truncate(end);
                self.newline = Some(Newline { may_be_empty, empty: false });
            }
        }
    }

    fn own(&mut self, comment: &Comment<'_>, indent: usize) {
        if self.newline.is_none() {
            self.end_line(true);
        }
        let mut newline = self.newline.take().unwrap_or(Newline { may_be_empty: false, empty: false });
        newline.empty |= newline.may_be_empty && comment.empty_before;
        // The lines of a longer comment are aligned with its first one.
        let indent = if comment.text.contains('\n') { comment.column } else { indent };
        let indent = match comment.tag {
            Some(Tag::Opens) => {
                self.tags.push(indent);
                indent
            }
            Some(Tag::Goes) => self.tags.last().copied().unwrap_or(indent),
            Some(Tag::Closes) => self.tags.pop().unwrap_or(indent),
            Some(Tag::Alone) | None => indent,
        };
        self.start_line(newline, indent);
        self.write(comment.text);
        self.end_line(true);
    }

    /// Whether documents fit on a line from a column on, with what stands behind them up to the next place where a line
    /// may break; `broken` allows them to break themselves.
    fn fits(
        &mut self,
        broken: bool,
        inner: &'d [Document<'a>],
        behind: &[Work<'d, 'a>],
        column: usize,
    ) -> bool {
        let Some(mut left) = self.width.checked_sub(column) else { return false };
        self.probe.clear();
        self.probe.push((broken, inner));
        let mut behind = behind.iter().rev();
        loop {
            let Some((broken, rest)) = self.probe.pop() else {
                match behind.next() {
                    Some(work) => self.probe.push((work.broken, work.rest)),
                    None => return true,
                }
                continue;
            };
            let Some((first, rest)) = rest.split_first() else { continue };
            self.probe.push((broken, rest));
            let text = match first {
                Document::Text(text) | Document::Upper(text) | Document::Within(text) => text,
                Document::Line(_) | Document::Part if broken => return true,
                Document::Line(flat) => *flat,
                Document::Part => " ",
                // Comments at the start have lines of their own above what is asked about.
                Document::Own(_) if left + column == self.width => "",
                Document::Hard | Document::Own(_) => return true,
                Document::Empty | Document::Suffix(_) => "",
                Document::Indent(inner) => {
                    self.probe.push((broken, inner));
                    ""
                }
                Document::Solid(inner) => {
                    self.probe.push((false, inner));
                    ""
                }
                Document::Hug(_) if broken => return true,
                Document::Hug(inner) => {
                    self.probe.push((broken, inner));
                    " "
                }
                Document::Group(inner, forced) => {
                    self.probe.push((*forced || broken, inner));
                    ""
                }
            };
            let line = text.split('\n').next().unwrap_or_default();
            match left.checked_sub(line.chars().take(left + 1).count()) {
                Some(now) => left = now,
                None => return false,
            }
            if line.len() < text.len() {
                return true;
            }
        }
    }
}
