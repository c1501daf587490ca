#include "signing/verdict.hpp"

namespace dossier::signing {

std::string to_text(Verdict verdict) {
    switch (verdict) {
    case Verdict::valid:
        return "valid";
    case Verdict::valid_extended:
        return "valid_extended";
    case Verdict::indeterminate:
        return "indeterminate";
    case Verdict::modified:
        return "modified";
    case Verdict::invalid:
        return "invalid";
    }
    return "invalid";
}

Verdict worse(Verdict first, Verdict second) { return first > second ? first : second; }

} // namespace dossier::signing
