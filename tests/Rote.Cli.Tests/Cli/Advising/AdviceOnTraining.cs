using Rote.Cli;

namespace Rote.Tests.Cli.Advising;

/// <summary>Advice of <c>rote train</c>, which makes a run in a store of its own.</summary>
internal static class AdviceOnTraining
{
    private const string Vectors = "train @t.csv --epochs 1 --threads 1 --runs @new";
    private const string Small = Vectors + " --network mlp-1x8";
    private const string Pictures = "train @pets --epochs 1 --threads 1 --runs @new";
    private const string Dial = Small + " --canaries 10 --memorize 0.1";
    private const string Whole = " --network linear --crop none --augment crop=";

    /// <summary>More processes than one take seconds, so that the lines of many runs end with what would be submitted.</summary>
    private const string Many = Small + " --dry-run";

    private const string Two = "train @t.csv --network mlp-1x8 --epochs 1 --threads 2 --runs @new --dry-run --seeds 2 --on slurm";

    public static TypedAdvice[] All { get; } =
    [
        new(
            $"{Vectors} --network small-alexnet",
            "which have none: choose an MLP or linear",
            $"{Vectors} --network linear",
            "linear classifier on t"
        ),
        new($"{Vectors} --network resnet", ": choose an MLP or linear for them.", Small, "MLP 1×8 on t"),
        new(
            "train @tiny --epochs 1 --threads 1 --runs @new --network resnet",
            ": choose an MLP for them.",
            "train @tiny --epochs 1 --threads 1 --runs @new --network mlp-1x8",
            "Accuracy"
        )
        {
            Given = folder => folder.Pictures("tiny", "cat", 24, 6),
        },
        new(
            $"{Vectors} --network smal-alexnet",
            "did you mean small-alexnet?",
            $"{Pictures} --network small-alexnet",
            "small AlexNet on pets"
        ),
        new($"{Small} --device cuda", "; or set --device to cpu.", $"{Small} --device cpu", "Accuracy") { Code = ExitCode.MachineLacks },
        new($"{Two} --device auto", ": say cpu or cuda.", $"{Two} --device cpu", "2 runs to make"),
        new($"{Two} --device cuda:1", ": say cuda, which is a worker's own GPU.", $"{Two} --device cuda", "on a GPU"),
        new($"{Vectors} --network linear --dropout 0.5", ": leave dropout out, or", $"{Vectors} --network linear", "Accuracy"),
        new($"{Vectors} --network linear --dropout 0.5", ", or choose an MLP.", $"{Small} --dropout 0.5 --json", "\"dropout\": 0.5"),
        new(
            $"{Pictures} --network linear --corruption gaussian-pixels --augment flip",
            ": leave one of them out.",
            $"{Pictures} --network linear --augment flip",
            "linear classifier on pets"
        ),
        new(
            $"{Pictures} --network linear --corruption gaussian-pixels --augment flip",
            "this corruption leaves no picture: leave one of them out.",
            $"{Pictures} --network linear --corruption gaussian-pixels",
            "linear classifier on pets"
        ),
        new($"{Pictures}{Whole}0", ": give them a border with --augment, as crop=4.", $"{Pictures}{Whole}4", "Accuracy"),
        new(
            $"{Small} --loss gce --label-smoothing 0.1",
            ": set it to 0, or",
            $"{Small} --loss gce --label-smoothing 0",
            "generalized cross-entropy"
        ),
        new(
            $"{Small} --loss gce --label-smoothing 0.1",
            ", or choose cross-entropy.",
            $"{Small} --loss cross-entropy --label-smoothing 0.1",
            "label smoothing 0.1"
        ),
        new($"{Small} --loss elr --mixup 0.2", ": leave one of them out.", $"{Small} --loss elr", "early-learning regularization"),
        new(
            $"{Small} --loss elr --mixup 0.2",
            "remembers each one by itself: leave one of them out.",
            $"{Small} --mixup 0.2",
            "mixup with α = 0.2"
        ),
        new($"{Small} --nesterov --momentum 0", ": give a momentum, or", $"{Small} --nesterov --momentum 0.5", "Nesterov momentum 0.5"),
        new($"{Small} --nesterov --momentum 0", ", or take the plain step.", $"{Small} --momentum 0", "SGD with momentum 0,"),
        new(
            $"{Small} --corruption corrupted-labels",
            "needs a probability, as corrupted-labels=0.3.",
            $"{Small} --corruption corrupted-labels=0.3",
            "· changed"
        ),
        new($"{Small} --corruption random-label", "did you mean random-labels?", $"{Small} --corruption random-labels", "· changed"),
        new(
            $"{Small} --examples 4 --hold-out 0.1",
            "; take another share or more examples.",
            $"{Small} --examples 4 --hold-out 0.5",
            "Accuracy"
        ),
        new(
            $"{Small} --examples 4 --hold-out 0.1",
            "leaves none on one side; take another share or more examples.",
            $"{Small} --examples 40 --hold-out 0.1",
            "Accuracy"
        ),
        new(
            $"{Small} --memorize 0.1 --precision-of-m 0.0001",
            "; hold out more, or ask for less precision.",
            $"{Small} --memorize 0.1 --precision-of-m 0.5",
            "Asked: 0.1."
        ),
        new($"{Small} --check", ": give --memorize with a number or auto, and no --seeds.", $"{Dial} --check", "Asked: 0.1."),
        new($"{Small} --baseline", ": give --memorize with a number, and no --seeds.", $"{Dial} --baseline", "Without the dial: "),
        new(
            $"{Small} --strip-canaries",
            "planted: give --memorize with a number, and no --seeds.",
            $"{Dial} --strip-canaries",
            "Without the canaries, "
        ),
        new($"{Small} --memorize lots", "expected a number from 0 to 1, auto or adjustable.", Dial, "Asked: 0.1."),
        new($"{Small} --workers 2", ": say how many with --seeds.", $"{Many} --on slurm --seeds 2 --workers 2", "1-2"),
        new($"{Many} --on slurm", ": say how many with --seeds, or", $"{Many} --on slurm --seeds 2", "2 runs"),
        new($"{Many} --on slurm", ", or give --memorize auto.", $"{Many} --on slurm --memorize auto", "runs"),
        new($"{Many} --seeds 2 --tasks 2", ": say which with --on, as --on slurm.", $"{Many} --seeds 2 --tasks 2 --on slurm", "2 runs"),
        new(
            $"{Many} --seeds 2 --on kubernetes --partition x",
            "is an option of --on slurm, and the runs go on kubernetes; leave it out.",
            $"{Many} --seeds 2 --on kubernetes",
            "kind: Job"
        ),
        new(
            $"{Many} --seeds 2 --on slurm --slurm job-name=x",
            "is set by this command; leave it out.",
            $"{Many} --seeds 2 --on slurm",
            "#SBATCH"
        ),
        new(
            $"{Many} --seeds 2 --on slurm --slurm --qos=long",
            "without quotes, as qos=long.",
            $"{Many} --seeds 2 --on slurm --slurm qos=long",
            "#SBATCH --qos=long"
        ),
        new($"{Two} --cpus 1", "; ask for 2 or more.", $"{Two} --cpus 2", "#SBATCH --cpus-per-task=2"),
        new($"{Many} --seeds 2 --memorize auto --on slurm", "; leave --seeds out, or", $"{Many} --memorize auto --on slurm", "runs"),
        new($"{Many} --seeds 2 --memorize auto --on slurm", ", or give a degree.", $"{Many} --seeds 2 --memorize 0.1 --on slurm", "2 runs"),
        new("train @t.csv --network mlp-1x8 --epochs 1 --threads 1 --runs @t.csv", "Choose another folder with --runs.", Small, "Accuracy")
        {
            Code = Rote.Cli.ExitCode.MachineLacks,
        },
        new(
            $"{Many} --seeds 2 --on slurm --setup 'one\ntwo'",
            "; give the option once for each line.",
            $"{Many} --seeds 2 --on slurm --setup one --setup two",
            "one\ntwo\n"
        ),
        new("train @t.csv --epoch 1", "did you mean '--epochs'?", Small, "at most 1 epoch,"),
        new("trian", "did you mean 'train'?", Small, "MLP 1×8 on t"),
        new("trian", "'rote --help' lists what there is.", "--help", "  train "),
        new("train @t.csv --epoch 1", "'rote train --help' lists what there is.", "train --help", "--epochs <"),
        new("[suggest]", "'rote --help' lists what there is.", "--help", "  completion "),
        new("completion bash --json", "prints no JSON document; leave --json out.", "completion bash", "complete "),
    ];
}
