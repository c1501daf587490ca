// A public-key infrastructure for tests, made with the openssl program the first time it is needed and kept in the build folder. All of it
// is made up; nothing of it is in the repository.
#pragma once

#include <string>

namespace test {

// The folder, or the test ends as skipped where openssl is not installed. In it (valid 2020-2040 where not said otherwise):
//   root.crt            the root; trust/root.crt is a copy in a folder of its own
//   issuing.crt         the issuing authority
//   anna.key, .crt      RSA 2048, "Anna Łęcka-Müller"; anna.p12 with the issuing authority, passphrase "secret"; anna-locked.key, same
//   passphrase carl.key, .crt      EC P-256, "Carl Ångström"; carl.pem holds key, certificate and issuing authority eve.key, .crt       RSA
//   2048, issued by a root of her own, other.crt old.key, .crt       RSA 2048, valid 2020 only box.key, .crt       RSA 2048, key usage
//   keyEncipherment only lee.key, .crt       RSA 2048, issued by noca.crt, an authority whose key usage does not allow issuing
std::string pki();

} // namespace test
