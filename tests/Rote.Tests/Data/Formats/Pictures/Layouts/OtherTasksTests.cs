using Rote.Data.Formats.Pictures;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures.Layouts;

public sealed class OtherTasksTests : IDisposable
{
    private const string Rest =
        ", and Rote learns one label a picture; expected one folder of pictures per class, or a table of labels; docs/guide/own-data.md "
        + "shows the layouts.";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("segmentation (images/ and masks/)", "images/1.png", "images/2.png", "masks/1.png", "masks/2.png")]
    [InlineData("segmentation (img/ and labels/)", "img/1.png", "img/2.png", "labels/1.png", "labels/2.png")]
    [InlineData("segmentation (imgs/ and labels_png/)", "imgs/1.png", "imgs/2.png", "labels_png/1.png", "labels_png/2.png")]
    [InlineData(
        "segmentation (images_resized/ and masks_resized/)",
        "images_resized/1.png",
        "images_resized/2.png",
        "masks_resized/1.png",
        "masks_resized/2.png"
    )]
    [InlineData(
        "segmentation (test/images/ and test/masks/)",
        "train/images/1.png",
        "train/masks/1.png",
        "test/images/1.png",
        "test/masks/1.png"
    )]
    [InlineData("segmentation (train/ and train_masks/)", "train/1.jpg", "train/2.jpg", "train_masks/1_mask.gif", "train_masks/2_mask.gif")]
    [InlineData(
        "segmentation (JPEGImages/ and SegmentationClass/)",
        "JPEGImages/1.jpg",
        "JPEGImages/2.jpg",
        "SegmentationClass/1.png",
        "SegmentationClass/2.png"
    )]
    [InlineData(
        "detection in YOLO's layout (images/ and labels/)",
        "images/train/1.jpg",
        "images/val/2.jpg",
        "labels/train/1.txt",
        "labels/val/2.txt",
        "data.yaml"
    )]
    [InlineData(
        "detection in YOLO's layout (train/images/ and train/labels/)",
        "train/images/1.jpg",
        "train/labels/1.txt",
        "valid/images/2.jpg",
        "valid/labels/2.txt"
    )]
    [InlineData("detection in Pascal VOC's layout (JPEGImages/ and Annotations/)", "JPEGImages/1.jpg", "Annotations/1.xml")]
    [InlineData(
        "detection in COCO's layout (annotations/instances_train2017.json)",
        "train2017/1.jpg",
        "val2017/2.jpg",
        "annotations/instances_train2017.json"
    )]
    [InlineData("detection in COCO's layout (train/_annotations.coco.json)", "train/1.jpg", "test/2.jpg", "train/_annotations.coco.json")]
    [InlineData("detection in YOLO's layout (1.txt)", "1.jpg", "1.txt", "2.jpg", "2.txt")]
    public void A_folder_for_another_task_is_named(string task, params string[] files)
    {
        foreach (var file in files)
        {
            PictureFiles.Write(_folder, file, [1]);
        }

        Assert.Equal(
            $"{_folder.Path} is laid out for {task}{Rest}",
            Assert.Throws<InputException>(() => PictureFolder.Read(_folder.Path)).Message
        );
    }

    // Faces with and without masks are classes.
    [Theory]
    [InlineData("mask", "no_mask")]
    [InlineData("with_mask", "without_mask")]
    [InlineData("faces", "masks")]
    [InlineData("label", "barcode")]
    public void Classes_that_are_called_like_masks_stay_classes(string first, string second)
    {
        foreach (var file in new[] { $"{first}/0.png", $"{first}/1.png", $"{second}/0.png", $"{second}/1.png" })
        {
            PictureFiles.Write(_folder, file, [1]);
        }

        Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), PictureFolder.Read(_folder.Path).ClassNames);
    }

    public void Dispose() => _folder.Dispose();
}
