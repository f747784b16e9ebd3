using System.Globalization;
using Rote.Benchmarks;
using Rote.Benchmarks.Audits;
using Rote.Benchmarks.Evidence;
using Rote.Benchmarks.Fuzz;
using Rote.Benchmarks.Privacy;
using Rote.Tensors;

switch (args)
{
    case ["claims"]:
        ClaimContention.Run();
        return 0;
    case ["claims", var folder, var number]:
        ClaimContention.Work(folder, int.Parse(number, CultureInfo.InvariantCulture));
        return 0;
    case ["privacy"]:
        return PrivacyBound.Run(networks: 24, file: null);
    case ["privacy", var numbers]:
        return PrivacyBound.Run(networks: 24, numbers);
    case ["serve"]:
        ServedFolder.Run(minutes: 10);
        return 0;
    case ["serve", var minutes]:
        ServedFolder.Run(double.Parse(minutes, CultureInfo.InvariantCulture));
        return 0;
    case ["evidence", .. var options]:
        using (var stop = new EvidenceStop())
        {
            return EvidenceStop.Run(() =>
                new EvidenceRun(Environment.CurrentDirectory, EvidenceCatalog.All, Console.Out).Run(
                    EvidenceOptions.Parse(options),
                    stop.Token
                )
            );
        }

    default:
        break;
}

TorchLibrary.Load();
switch (args)
{
    case ["mlp"]:
        MlpThroughput.Run(rounds: 9);
        return 0;
    case ["conv"]:
        ConvolutionThroughput.Run(rounds: 5);
        return 0;
    case ["conv", var network]:
        ConvolutionThroughput.Run(rounds: 5, network);
        return 0;
    case ["peer", var script]:
        try
        {
            PeerThroughput.Run(rounds: 7, script);
            return 0;
        }
        catch (RoteException error)
        {
            Console.Error.WriteLine(error.Message);
            return 3;
        }

    case ["workers"]:
        WorkerThroughput.Run(rounds: 5);
        return 0;
    case ["workers", "tiny" or "mlp" or "busy" or "alexnet"]:
        WorkerThroughput.Run(rounds: 5, args[1]);
        return 0;
    case ["pack"]:
        PackedData.Run(rounds: 5);
        return 0;
    case ["checks", var set]:
        PlantedOddities.Run(set);
        return 0;
    case ["shapes"]:
        ShapesDifficulty.Run();
        return 0;
    case ["kernel"]:
        KernelThroughput.Run(rounds: 5);
        return 0;
    case ["kernel", "agreement"]:
        KernelAgreement.Run();
        return 0;
    case ["audit", .. var options]:
        try
        {
            AuditEvaluation.Run(options);
            return 0;
        }
        catch (RoteException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }

    case ["fuzz", .. var options]:
        try
        {
            return FuzzRun.Run(options);
        }
        catch (RoteException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }

    case ["members"]:
        MemberThroughput.Run(rounds: 5);
        return 0;
    case ["lifetimes"]:
        ArgumentLifetimes.Run(seconds: 40);
        return 0;
    case ["features"]:
        FeatureExtraction.Run(rounds: 5, train: 5000, test: 2000);
        return 0;
    case ["features", var train, var test]:
        FeatureExtraction.Run(rounds: 5, int.Parse(train, CultureInfo.InvariantCulture), int.Parse(test, CultureInfo.InvariantCulture));
        return 0;
    case ["attack-logits", var output, "--memorize", var degree, _, ..]:
        AttackLogits.Write(output, args[4..], double.Parse(degree, CultureInfo.InvariantCulture));
        return 0;
    case ["attack-logits", var output, _, ..]:
        AttackLogits.Write(output, args[2..]);
        return 0;
    case ["adjustable", _, ..]:
        AdjustableCheck.Run(args[1..]);
        return 0;
    case ["load"]:
        CifarLoading.Run();
        return 0;
    default:
        Console.Error.WriteLine(
            "Name a benchmark: mlp (training throughput), conv (training throughput of convolutional networks), peer (against plain "
                + "PyTorch), workers (many small runs at once), pack (packed sets), shapes (how hard the set is), "
                + "kernel (parts of a kernel interpolation; "
                + "kernel agreement: against a direct solve), load (reading CIFAR-10), features (frozen features of pictures: "
                + "time and accuracy by side; features TRAIN TEST: of so many), lifetimes (whether numbers handed to libtorch "
                + "live long enough), adjustable RUN ... (degrees against labels that did not set them), "
                + "attack-logits FILE [--memorize M] RUN ... (for bench/attack.py), "
                + "audit (wrong labels found and counted on planted errors), members (networks of an audit one after "
                + "the other or at the same time), serve (the page of 2,000 runs: serve MINUTES of new epochs), "
                + "evidence (every file of docs/evidence again: --list, --only PATTERN, --again, --write-docs fills in pages), "
                + "fuzz (every reader with mutated files: --inputs N --seconds N --first SEED --only NAME)."
        );
        return 2;
}
