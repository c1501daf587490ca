#include "cli/finding_json.hpp"

namespace dossier::cli {

Json findings_json(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const Finding& finding : findings)
        list.push(Json::object({{"rule", finding.rule},
                                {"number", finding.number},
                                {"severity", finding.severity},
                                {"path", finding.path},
                                {"location", finding.location},
                                {"message", finding.message},
                                {"remedy", finding.remedy}}));
    return list;
}

} // namespace dossier::cli
