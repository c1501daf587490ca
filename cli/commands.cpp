// Every subcommand of the program, in the order of --help. A factory a file: cli/<noun>_<verb>.cpp defines make_<noun>_<verb>().
#include "cli/command.hpp"

namespace dossier::cli {

Command make_init();
Command make_study_apply();
Command make_study_show();
Command make_milestone_set();
Command make_user_add();
Command make_user_list();
Command make_user_revoke();
Command make_user_key();

Command make_tmf_file();
Command make_tmf_import();
Command make_tmf_scan();
Command make_tmf_list();
Command make_tmf_search();
Command make_tmf_show();
Command make_tmf_history();
Command make_tmf_get();
Command make_tmf_reindex();
Command make_tmf_review();
Command make_tmf_query_open();
Command make_tmf_query_answer();
Command make_tmf_query_close();
Command make_tmf_query_list();
Command make_tmf_sample();
Command make_tmf_sign();
Command make_tmf_waive();
Command make_tmf_unwaive();
Command make_tmf_completeness();
Command make_tmf_report();
Command make_tmf_audit();
Command make_tmf_check();

Command make_ectd_new();
Command make_ectd_plan();
Command make_ectd_build();
Command make_ectd_validate();
Command make_ectd_sent();
Command make_ectd_view();
Command make_ectd_import();
Command make_ectd_blame();
Command make_ectd_diff();
Command make_ectd_package();

Command make_rules_list();
Command make_rules_explain();

Command make_sign();
Command make_verify();

Command make_standards_add();
Command make_standards_list();

// One a line, so that two people can add at once.
// clang-format off
std::vector<Command> all_commands() {
    return {
        make_init(),
        make_study_apply(),
        make_study_show(),
        make_milestone_set(),
        make_user_add(),
        make_user_list(),
        make_user_revoke(),
        make_user_key(),

        make_tmf_file(),
        make_tmf_import(),
        make_tmf_scan(),
        make_tmf_list(),
        make_tmf_search(),
        make_tmf_show(),
        make_tmf_history(),
        make_tmf_get(),
        make_tmf_reindex(),
        make_tmf_review(),
        make_tmf_query_open(),
        make_tmf_query_answer(),
        make_tmf_query_close(),
        make_tmf_query_list(),
        make_tmf_sample(),
        make_tmf_sign(),
        make_tmf_waive(),
        make_tmf_unwaive(),
        make_tmf_completeness(),
        make_tmf_report(),
        make_tmf_audit(),
        make_tmf_check(),

        make_ectd_new(),
        make_ectd_plan(),
        make_ectd_build(),
        make_ectd_validate(),
        make_ectd_sent(),
        make_ectd_view(),
        make_ectd_import(),
        make_ectd_blame(),
        make_ectd_diff(), make_ectd_package(),

        make_rules_list(),
        make_rules_explain(),

        make_sign(),
        make_verify(),

        make_standards_add(),
        make_standards_list(),
    };
}
// clang-format on

} // namespace dossier::cli
