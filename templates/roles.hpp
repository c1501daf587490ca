// Who may do what, as data: roles x rights (templates/tmf/roles.tsv).
#pragma once

#include "templates/source.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::templates {

enum class Permission { no, yes, not_own }; // not_own: not with a version that the same user filed

class RoleMatrix {
public:
    const std::vector<std::string>& roles() const { return roles_; }               // in the order of the table
    const std::vector<std::string>& rights() const { return rights_; }             // in the order of the table
    Permission of(const std::string& role, const std::string& right) const;        // no, for what the table does not name
    std::string what(const std::string& right) const;                              // "file documents"; the right itself when unknown
    std::vector<std::string> roles_with(const std::string& right, bool own) const; // that allow it, with an own version too when `own`

private:
    friend Result<RoleMatrix> read_role_matrix(const Source& source);
    std::vector<std::string> roles_, rights_;
    std::map<std::string, std::string> what_;
    std::map<std::string, std::map<std::string, Permission>> cells_; // right, role
};

Result<RoleMatrix> read_role_matrix(const Source& source); // a malformed table: invalid, with file, line and column

} // namespace dossier::templates
