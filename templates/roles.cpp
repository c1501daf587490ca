#include "templates/roles.hpp"

#include "core/text.hpp"
#include "templates/row_reader.hpp"

namespace dossier::templates {

namespace {

const std::vector<std::string>& known_roles() { // the program's own word for a role is needed only for `unblinded`, the table has them all
    static const std::vector<std::string> roles = {"manager", "filer", "reviewer", "auditor", "unblinded"};
    return roles;
}

} // namespace

Permission RoleMatrix::of(const std::string& role, const std::string& right) const {
    const auto row = cells_.find(right);
    if (row == cells_.end()) return Permission::no;
    const auto cell = row->second.find(role);
    return cell == row->second.end() ? Permission::no : cell->second;
}

std::string RoleMatrix::what(const std::string& right) const {
    const auto found = what_.find(right);
    return found == what_.end() ? right : found->second;
}

std::vector<std::string> RoleMatrix::roles_with(const std::string& right, bool own) const {
    std::vector<std::string> found;
    for (const std::string& role : roles_) {
        const Permission permission = of(role, right);
        if (permission == Permission::yes || (permission == Permission::not_own && !own)) found.push_back(role);
    }
    return found;
}

Result<RoleMatrix> read_role_matrix(const Source& source) {
    std::vector<std::string> columns = {"right", "what"};
    columns.insert(columns.end(), known_roles().begin(), known_roles().end());
    DOSSIER_TRY(const Tsv table, source.read_tsv("tmf/roles.tsv", columns));
    RoleMatrix matrix;
    matrix.roles_ = known_roles();
    for (const TsvRow& line : table.rows) {
        RowReader row(table, line);
        const std::string right = row.text("right");
        if (matrix.cells_.count(right) > 0) row.fail("right", fill("{} stands there twice", right));
        matrix.what_[right] = row.text("what");
        for (const std::string& role : matrix.roles_) {
            const std::string word = row.one_of(role, {"yes", "no", "not_own"});
            matrix.cells_[right][role] = word == "yes" ? Permission::yes : word == "not_own" ? Permission::not_own : Permission::no;
        }
        if (row.error()) return *row.error();
        matrix.rights_.push_back(right);
    }
    return matrix;
}

} // namespace dossier::templates
