//! Whole lives: guests book, repeat, move and cancel, a host says yes or no, the stream, the minute and the mail
//! service do their part, and anything may break at every call.

mod clockwork;
mod crew;
mod expired;
mod functions;
mod judge;
mod notebook;
mod paths;
mod post;
mod rows;
mod script;
mod table;
mod town;
mod twins;
mod worlds;
