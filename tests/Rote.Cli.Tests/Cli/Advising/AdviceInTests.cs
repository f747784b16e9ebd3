using Rote.Tests.Audits;
using Rote.Tests.Audits.Review;
using Rote.Tests.Audits.Shown;
using Rote.Tests.Cli.Clusters;
using Rote.Tests.Doctor;
using Rote.Tests.Embeddings;
using Rote.Tests.Evaluation;
using Rote.Tests.Extending;
using Rote.Tests.Features;
using Rote.Tests.Foundation;
using Rote.Tests.Pages.Review;
using Rote.Tests.Pages.Runs;
using Rote.Tests.Storage;
using Rote.Tests.Studies.DoubleDescent;
using Rote.Tests.Theory.RandomFeatures;
using Rote.Tests.Workers;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice that tests elsewhere bring about and follow.</summary>
internal static class AdviceInTests
{
    /// <summary>The file, how the advice begins, and the test.</summary>
    public static (string Place, string Advice, Type Tests, string Test)[] All { get; } =
    [
        ("BuiltInModels", "fetch", typeof(BuiltInModelsTests), nameof(BuiltInModelsTests.A_damaged_or_another_package_is_one_sentence)),
        (
            "BuiltInModels",
            "download",
            typeof(BuiltInModelsTests),
            nameof(BuiltInModelsTests.Without_it_one_sentence_says_where_it_is_and_where_it_goes)
        ),
        (
            "Extensions",
            "build it again (",
            typeof(ExtensionTests),
            nameof(ExtensionTests.An_extension_that_was_built_against_another_Rote_is_built_again)
        ),
        (
            "RunReader",
            "load the extension",
            typeof(ExtensionTests),
            nameof(ExtensionTests.A_run_of_an_extension_that_is_not_loaded_is_not_called_damaged)
        ),
        (
            "ForgetPlan",
            "train it again, then forget.",
            typeof(ForgetFlowTests),
            nameof(ForgetFlowTests.A_run_of_another_engine_is_trained_again_and_then_forgets)
        ),
        ("Flow", "forget fewer.", typeof(ForgetFlowTests), nameof(ForgetFlowTests.Canaries_are_forgotten_too)),
        ("Diagnosis", "close something", typeof(DoctorTests), nameof(DoctorTests.Memory_that_others_give_back_is_enough)),
        (
            "Diagnosis",
            "use that where a result matters.",
            typeof(DoctorTests),
            nameof(DoctorTests.On_the_system_that_is_tested_nothing_is_advised)
        ),
        (
            "DatasetCache",
            "run the command again.",
            typeof(DatasetCacheTests),
            nameof(DatasetCacheTests.Data_that_has_changed_meanwhile_is_refused_and_found_by_the_same_command_again)
        ),
        (
            "DecisionLog",
            "close what else writes to it",
            typeof(DecisionLogTests),
            nameof(DecisionLogTests.A_log_that_another_program_cuts_is_refused_and_a_new_session_goes_on)
        ),
        (
            "DecisionLog",
            "check the permissions",
            typeof(ReviewCommandTests),
            nameof(ReviewCommandTests.Where_decisions_cannot_be_kept_it_is_said_before_anyone_decides)
        ),
        (
            "DecisionLog",
            "keep them in another file.",
            typeof(ReviewCommandTests),
            nameof(ReviewCommandTests.Where_decisions_cannot_be_kept_it_is_said_before_anyone_decides)
        ),
        (
            "DecisionTable",
            "save it as CSV in UTF-8.",
            typeof(DecisionFileTests),
            nameof(DecisionFileTests.What_is_no_file_of_a_review_is_refused_too)
        ),
        (
            "ExampleList",
            "save it as CSV in UTF-8.",
            typeof(ExampleListTests),
            nameof(ExampleListTests.A_table_that_is_no_UTF_8_is_read_once_it_is_saved_so)
        ),
        (
            "ExampleList",
            "name them as Rote does",
            typeof(ExampleListTests),
            nameof(ExampleListTests.Pictures_that_are_named_as_Rote_does_are_found_in_place_of_numbers)
        ),
        (
            "ExampleList",
            "give the data that it is of.",
            typeof(ExampleListTests),
            nameof(ExampleListTests.A_list_of_other_data_is_read_with_that_data)
        ),
        (
            "RunsServer",
            "give one in which runs, audits or reports are kept.",
            typeof(ServedAdviceTests),
            nameof(ServedAdviceTests.Another_folder_is_served)
        ),
        (
            "LocalServer",
            "choose another one",
            typeof(ServedAdviceTests),
            nameof(ServedAdviceTests.Where_a_port_is_taken_a_free_one_is_found)
        ),
        (
            "LocalServer",
            "none for a free one.",
            typeof(ServedAdviceTests),
            nameof(ServedAdviceTests.Where_a_port_is_taken_a_free_one_is_found)
        ),
        ("Gate", "Press Enter where", typeof(GateTests), nameof(GateTests.The_address_opens_once_and_only_for_the_browser_that_opened_it)),
        ("RunMeasures", "choose ", typeof(RunMeasuresTests), nameof(RunMeasuresTests.What_cannot_be_measured_is_one_sentence)),
        (
            "RunMeasures",
            "remove it, and what it held is measured again.",
            typeof(RunMeasuresTests),
            nameof(RunMeasuresTests.What_cannot_be_measured_is_one_sentence)
        ),
        ("MemberResult", "remove it, and it is trained again.", typeof(AuditTests), nameof(AuditTests.A_damaged_member_is_named)),
        (
            "ReviewLinks",
            "choose another one.",
            typeof(ReviewExportTests),
            nameof(ReviewExportTests.Links_lead_to_the_pictures_by_their_new_class_and_an_old_folder_is_never_touched)
        ),
        (
            "ReviewSession",
            "choose one of its classes.",
            typeof(ReviewSessionTests),
            nameof(ReviewSessionTests.A_class_of_the_audit_is_taken_in_place_of_one_that_it_lacks)
        ),
        (
            "PictureArray",
            "save it with numpy.ascontiguousarray.",
            typeof(PictureArrayTests),
            nameof(PictureArrayTests.An_array_in_Fortran_order_is_read_once_NumPy_has_saved_it_in_C_order)
        ),
        (
            "Additions",
            "choose a name of its own.",
            typeof(AdditionsTests),
            nameof(AdditionsTests.A_name_that_is_taken_or_is_none_is_refused_and_the_same_class_again_is_not)
        ),
        (
            "Registry",
            "choose a name of its own.",
            typeof(RegistryTests),
            nameof(RegistryTests.A_name_of_another_class_or_of_what_is_built_in_is_refused)
        ),
        (
            "FeatureNotes",
            "train one, and ask again.",
            typeof(RunFeaturesTests),
            nameof(RunFeaturesTests.Without_random_labels_it_is_said_so_and_their_signs_are_not_run)
        ),
        (
            "RunFeatures",
            "give data of two classes or more.",
            typeof(RunFeaturesTests),
            nameof(RunFeaturesTests.One_class_and_few_examples_are_refused)
        ),
        (
            "ExampleDraw",
            "use larger data",
            typeof(RandomFeatureSweepTests),
            nameof(RandomFeatureSweepTests.Too_few_examples_are_one_sentence)
        ),
        (
            "Calculations",
            "delete it, and it is calculated again.",
            typeof(DescentStudyTests),
            nameof(DescentStudyTests.A_result_is_read_again_and_a_damaged_one_is_one_sentence)
        ),
        ("RunClaim", "wait for it", typeof(RunClaimTests), nameof(RunClaimTests.A_claim_is_held_until_it_is_let_go_and_leaves_nothing)),
        ("RunClaim", "stop it.", typeof(RunClaimTests), nameof(RunClaimTests.A_claim_is_held_until_it_is_let_go_and_leaves_nothing)),
        ("RunLock", "wait for it", typeof(RunLockTests), nameof(RunLockTests.Whoever_waits_until_a_lock_is_let_go_gets_it)),
        ("RunLock", "stop it.", typeof(RunLockTests), nameof(RunLockTests.Whoever_waits_until_a_lock_is_let_go_gets_it)),
        ("StoredRun", "wait for it.", typeof(RunClaimTests), nameof(RunClaimTests.Whoever_waits_for_a_run_in_work_finds_it_finished)),
        ("RunRemoval", "stop it first.", typeof(RunRemovalTests), nameof(RunRemovalTests.A_run_in_use_stays)),
        ("RunBoard", "run the command again.", typeof(RunSetTests), nameof(RunSetTests.A_run_that_is_said_to_be_finished_must_be)),
        (
            "RunSet",
            "use fewer workers",
            typeof(RunSetTests),
            nameof(RunSetTests.More_threads_than_cores_are_refused_before_anything_starts)
        ),
        ("RunSet", "fewer threads", typeof(RunSetTests), nameof(RunSetTests.More_threads_than_cores_are_refused_before_anything_starts)),
        (
            "RunSet",
            "run the command again, which goes on",
            typeof(RunSetTests),
            nameof(RunSetTests.After_the_program_has_changed_the_same_command_goes_on)
        ),
        (
            "RunSetFolder",
            "give the command that made the set again",
            typeof(RunSetFolderTests),
            nameof(RunSetFolderTests.A_damaged_set_is_refused_in_one_sentence)
        ),
        (
            "RunSetFolder",
            "give the command that made the set again, which",
            typeof(RunSetFolderTests),
            nameof(RunSetFolderTests.What_was_written_is_read_back)
        ),
        (
            "RunSetFolder",
            "submit the runs again into a folder that they share.",
            typeof(RunSetFolderTests),
            nameof(RunSetFolderTests.A_folder_that_is_not_the_submitters_is_noticed)
        ),
        (
            "WorkerCommand",
            "say which with --set.",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.The_lines_for_kubectl_start_workers_and_a_set_is_named_to_cancel_it)
        ),
        (
            "SlurmTask",
            "ask for more time.",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.A_task_whose_time_is_up_too_often_goes_on_with_more_time)
        ),
        ("SlurmRun", "ask for more with --memory", typeof(SlurmAdviceTests), nameof(SlurmAdviceTests.More_memory_makes_the_runs)),
        (
            "SlurmClient",
            "submit from where Slurm is",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.Without_Slurm_the_script_is_shown_and_where_Slurm_is_it_is_submitted)
        ),
        (
            "SlurmClient",
            "look at the script with --dry-run.",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.Without_Slurm_the_script_is_shown_and_where_Slurm_is_it_is_submitted)
        ),
        (
            "SlurmScript",
            "submit it from the folder it lies in.",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.The_script_is_submitted_from_its_folder)
        ),
        (
            "SetRunner",
            "Look again with:",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.Whoever_stopped_looking_looks_again_with_the_line_that_is_printed)
        ),
        (
            "SetRunner",
            "give the lines above",
            typeof(SlurmAdviceTests),
            nameof(SlurmAdviceTests.The_lines_for_kubectl_start_workers_and_a_set_is_named_to_cancel_it)
        ),
        (
            "ShownView",
            "move them back",
            typeof(ShownReviewTests),
            nameof(ShownReviewTests.Pictures_that_were_moved_are_shown_when_they_are_back_or_audited_at_their_new_place)
        ),
        (
            "ShownView",
            "audit again with their new place.",
            typeof(ShownReviewTests),
            nameof(ShownReviewTests.Pictures_that_were_moved_are_shown_when_they_are_back_or_audited_at_their_new_place)
        ),
        (
            "MeasureCatalog",
            "choose names of their own.",
            typeof(ExtensionTests),
            nameof(ExtensionTests.A_measure_with_a_name_that_is_taken_is_refused_and_one_with_names_of_its_own_is_added)
        ),
        (
            "PackWriter",
            "choose another place",
            typeof(DataPackCommandTests),
            nameof(DataPackCommandTests.A_disk_that_is_full_is_told_of_before_anything_is_written_and_a_smaller_size_or_another_place_fits)
        ),
        (
            "Predictions",
            "train again with a smaller learning rate.",
            typeof(EvaluateCommandTests),
            nameof(EvaluateCommandTests.A_network_whose_training_diverged_is_named_and_one_of_a_smaller_rate_predicts)
        ),
        (
            "AuditRunner",
            "give the lines above",
            typeof(AuditClusterTests),
            nameof(AuditClusterTests.Lines_for_kubectl_are_printed_and_the_same_command_judges)
        ),
        (
            "AuditSession",
            "do not join by it.",
            typeof(AuditOldTablesTests),
            nameof(AuditOldTablesTests.They_are_replaced_by_tables_that_join_by_row)
        ),
        ("TrainDisplay", "Stop at any time", typeof(StoppedCommandTests), nameof(StoppedCommandTests.The_same_command_goes_on)),
        ("QuickstartDisplay", "Stop at any time", typeof(StoppedCommandTests), nameof(StoppedCommandTests.The_same_command_goes_on)),
        ("AuditDisplay", "Stop at any time", typeof(StoppedCommandTests), nameof(StoppedCommandTests.The_same_command_goes_on)),
        ("AuditCommand", "stop at any time", typeof(StoppedCommandTests), nameof(StoppedCommandTests.The_same_command_goes_on)),
        ("TrainCommand", "stop at any time", typeof(StoppedCommandTests), nameof(StoppedCommandTests.The_same_command_goes_on)),
        (
            "ReviewCommand",
            "stop at any time",
            typeof(ReviewCommandTests),
            nameof(ReviewCommandTests.It_ends_by_a_signal_and_says_where_the_decisions_are)
        ),
        ("Interrupt", "stop now)", typeof(InterruptTests), nameof(InterruptTests.The_second_signal_ends_at_once)),
    ];
}
