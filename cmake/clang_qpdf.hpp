// For clang 14 only, included before everything else: it does not compile <qpdf/JSON.hh> as C++20 (a vector of a type that is not complete
// yet). Nothing here reads or writes JSON with qpdf; its other headers need the name.
#pragma once

#define JSON_HH

class JSON;
