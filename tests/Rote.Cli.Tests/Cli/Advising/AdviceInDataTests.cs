using Rote.Tests.Data;
using Rote.Tests.Data.Download;
using Rote.Tests.Data.Encoders;
using Rote.Tests.Data.Formats;
using Rote.Tests.Data.Formats.Arrow;
using Rote.Tests.Data.Formats.Cifar;
using Rote.Tests.Data.Formats.Idx;
using Rote.Tests.Data.Formats.Numpy;
using Rote.Tests.Data.Formats.Tables;
using Rote.Tests.Data.Labels;
using Rote.Tests.Data.Packing;

namespace Rote.Tests.Cli.Advising;

/// <summary>The same of advice about data.</summary>
internal static class AdviceInDataTests
{
    /// <summary>The file, how the advice begins, and the test.</summary>
    public static (string Place, string Advice, Type Tests, string Test)[] All { get; } =
    [
        (
            "FolderPictures",
            "put it back, and run the command again.",
            typeof(EncodedTests),
            nameof(EncodedTests.A_picture_that_is_gone_when_it_is_encoded_is_named_and_put_back_it_is_encoded)
        ),
        ("DataSpec", "leave it out for 0.", typeof(DataSpecTests), nameof(DataSpecTests.The_first_test_example_is_0_where_it_is_left_out)),
        (
            "MappedFile",
            "put the file back as it was",
            typeof(PackedFileTests),
            nameof(PackedFileTests.A_file_that_is_changed_while_it_is_used_is_noticed)
        ),
        (
            "Fetcher",
            "set --data to shapes",
            typeof(FetcherTests),
            nameof(FetcherTests.Without_any_source_one_sentence_says_what_was_tried_and_what_to_do)
        ),
        ("Shards", "fetch", typeof(PackSourcesTests), nameof(PackSourcesTests.A_missing_batch_is_named)),
        ("Shards", "give a folder with the rest", typeof(PackSourcesTests), nameof(PackSourcesTests.A_missing_batch_is_named)),
        (
            "TarIndex",
            "fetch it once more",
            typeof(PackSourcesTests),
            nameof(PackSourcesTests.A_cut_or_packed_archive_is_read_once_it_is_whole_and_unpacked)
        ),
        (
            "ParquetSource",
            "give it without --labels.",
            typeof(PackSourcesTests),
            nameof(PackSourcesTests.A_table_of_pictures_is_packed_with_its_own_labels)
        ),
        ("LoadedSource", "train on it as it is.", typeof(PackerTests), nameof(PackerTests.Arrays_are_packed_and_vectors_are_refused)),
        (
            "IdxReader",
            "give the path of one.",
            typeof(IdxReaderTests),
            nameof(IdxReaderTests.One_file_is_read_with_the_one_that_belongs_to_it)
        ),
        (
            "ParquetPictures",
            "put the pictures beside it",
            typeof(ParquetTests),
            nameof(ParquetTests.Pictures_that_are_kept_by_their_paths_are_looked_up_beside_the_table)
        ),
        (
            "ParquetPictures",
            "save it with their bytes.",
            typeof(ParquetTests),
            nameof(ParquetTests.Pictures_that_are_kept_by_their_paths_are_looked_up_beside_the_table)
        ),
        (
            "OneHotLabels",
            "leave the others out with --ignore",
            typeof(ColumnSieveTests),
            nameof(ColumnSieveTests.A_label_that_several_columns_of_0_and_1_spell_is_refused_as_what_it_is)
        ),
        (
            "NpyHeader",
            "save names of classes with y.astype(str)",
            typeof(ArrayAdviceTests),
            nameof(ArrayAdviceTests.What_an_array_is_turned_into_is_read)
        ),
        ("PositionalLayout", "name them: np.savez", typeof(ArrayAdviceTests), nameof(ArrayAdviceTests.Arrays_without_names_are_named)),
        ("CifarReader", "in Python: import glob", typeof(ArrayAdviceTests), nameof(ArrayAdviceTests.The_pickles_of_cifar_become_one_file)),
        (
            "CifarReader",
            "take the binary version",
            typeof(CifarReaderTests),
            nameof(CifarReaderTests.The_Python_version_is_refused_as_pickles)
        ),
        (
            "ArrowRecords",
            "save the table without it.",
            typeof(ArrowRecordsTests),
            nameof(ArrowRecordsTests.What_cannot_be_used_is_one_sentence)
        ),
        ("ArrowRecords", "leave one.", typeof(ArrowRecordsTests), nameof(ArrowRecordsTests.Of_two_columns_of_lists_one_is_left)),
        ("ArrayLabels", "save y.ravel().", typeof(ArrayAdviceTests), nameof(ArrayAdviceTests.Labels_in_other_shapes_become_one_an_example)),
        ("IdOrder", "remove that column if they are in order.", typeof(LabelFileTests), nameof(LabelFileTests.Labels_are_given_row_by_row)),
        (
            "DatasetReaders",
            "choose a name of its own.",
            typeof(DatasetReadersTests),
            nameof(DatasetReadersTests.A_reader_is_asked_before_the_built_in_ones_and_takes_a_name_of_its_own)
        ),
    ];
}
