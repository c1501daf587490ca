// Base64 (RFC 4648, section 4) without line breaks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text); // strict: padding, alphabet; nothing else between

} // namespace dossier
