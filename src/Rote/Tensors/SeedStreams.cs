namespace Rote.Tensors;

/// <summary>The names of all streams of random numbers, and the purpose of each. A name is part of the results: it never changes and never
/// serves two purposes.</summary>
/// <remarks>Networks and extensions draw from streams with names of their own (<c>occlusion/train</c>).</remarks>
internal static class SeedStreams
{
    /// <summary>Initial values of a network's parameters.</summary>
    public const string Network = "network";

    /// <summary>The seeds of a second network that is trained beside the first.</summary>
    public const string Peer = "peer";

    /// <summary>Seed of dropout and other noise of an epoch, for libtorch's generator.</summary>
    public const string Noise = "noise";

    /// <summary>Order of the training examples in an epoch.</summary>
    public const string Order = "order";

    /// <summary>Order of the chunks of training examples in an epoch, if the examples are not shuffled one by one.</summary>
    public const string Chunks = "order/chunks";

    /// <summary>Which training examples are held out.</summary>
    public const string HeldOut = "held-out";

    /// <summary>Crops and mirror images of an epoch; the kind follows.</summary>
    public const string Augmentation = "augmentation/";

    /// <summary>Mixing proportions of mixup, and partners, in a step; the epoch follows.</summary>
    public const string Mixup = "mixup/";

    /// <summary>First values of the noise that a loss learns of each label; which of its two variables is the index.</summary>
    public const string LabelNoise = "label-noise";

    /// <summary>Labels that a corruption draws.</summary>
    public const string Labels = "labels";

    /// <summary>One order of the pixels of all pictures.</summary>
    public const string Pixels = "pixels";

    /// <summary>Orders or values of the pixels of each training picture.</summary>
    public const string TrainPixels = "pixels/train";

    /// <summary>The same for each test picture.</summary>
    public const string TestPixels = "pixels/test";

    /// <summary>Which examples become canaries.</summary>
    public const string CanaryExamples = "canaries/examples";

    /// <summary>Which canaries are left out of training, to bound what training reveals.</summary>
    public const string CanariesLeftOut = "canaries/left-out";

    /// <summary>Labels of the canaries of a class.</summary>
    public const string CanaryLabels = "canaries/labels";

    /// <summary>Random order in which the dial releases labels.</summary>
    public const string DialLots = "lots";

    /// <summary>The dial's decisions about single labels.</summary>
    public const string DialGate = "gate";

    /// <summary>Noise that turns a vector into a near one in an epoch.</summary>
    public const string Neighbours = "neighbours";

    /// <summary>Seed of the training run that removes canaries.</summary>
    public const string Strip = "strip";

    /// <summary>Training examples of a network of a membership attack.</summary>
    public const string Half = "half";

    /// <summary>Starts of the search for critical samples.</summary>
    public const string CriticalSamples = "critical-samples";

    /// <summary>Which examples the features of a network are measured on; the split follows.</summary>
    public const string FeatureExamples = "features/examples/";

    /// <summary>Directions that wide layers are projected on; the layer's number is the index.</summary>
    public const string FeatureProjection = "features/projection";

    /// <summary>Directions that inputs are projected on, as a control for the layers.</summary>
    public const string FeatureControl = "features/control";

    /// <summary>Order of the examples of a label code.</summary>
    public const string CodeLengthOrder = "features/code-length/order";

    /// <summary>Random labels that a label code is compared with.</summary>
    public const string CodeLengthLabels = "features/code-length/labels";

    /// <summary>Seed of the training run on a prefix of these examples; the prefix's number is the index.</summary>
    public const string CodeLengthTraining = "features/code-length/training";

    /// <summary>Seed of a member of an audit.</summary>
    public const string AuditMember = "audit/member";

    /// <summary>Which example's turn it is to be a canary.</summary>
    public const string AuditTurn = "audit/turn";

    /// <summary>Order of the examples of a class in a round of subsets.</summary>
    public const string AuditOrder = "audit/order";

    /// <summary>Which examples are canaries of an audit.</summary>
    public const string AuditCanaries = "audit/canaries";

    /// <summary>Labels of an audit's uniform canaries.</summary>
    public const string AuditUniform = "audit/uniform";

    /// <summary>Labels of an audit's confusable canaries.</summary>
    public const string AuditConfusable = "audit/confusable";

    /// <summary>Folds for fitting the suspicion.</summary>
    public const string AuditFolds = "audit/folds";

    /// <summary>Folds of the linear probe on frozen features.</summary>
    public const string AuditFrozen = "audit/frozen";

    /// <summary>Order in which examples become control items of a review.</summary>
    public const string ReviewControls = "review/controls";

    /// <summary>Places of the control items in a review.</summary>
    public const string ReviewPlaces = "review/places";

    /// <summary>Which examples of a class are split off for testing.</summary>
    public const string Split = "split";

    /// <summary>Order of the examples of a user's data.</summary>
    public const string Rows = "rows";

    /// <summary>Order in which the examples of a class enter a sample of grouped rows.</summary>
    public const string FairSample = "sample";

    /// <summary>Drawn training shapes.</summary>
    public const string TrainShapes = "shapes/train";

    /// <summary>Drawn test shapes.</summary>
    public const string TestShapes = "shapes/test";

    /// <summary>Classes of drawn training shapes.</summary>
    public const string TrainShapeLabels = "shapes/train/labels";

    /// <summary>Classes of drawn test shapes.</summary>
    public const string TestShapeLabels = "shapes/test/labels";

    /// <summary>Labels of many drawn training shapes.</summary>
    public const string ManyTrainLabels = "many-shapes/train/labels";

    /// <summary>Labels of many drawn test shapes.</summary>
    public const string ManyTestLabels = "many-shapes/test/labels";

    /// <summary>Order of the pairs of modular addition; the modulus is the index.</summary>
    public const string ModularAddition = "modular-addition";

    /// <summary>Order of the examples of a kernel's preconditioner.</summary>
    public const string KernelOrder = "kernel-order";

    /// <summary>Patches that the whitening is computed from.</summary>
    public const string Patches = "patches";

    /// <summary>Patches that become filters.</summary>
    public const string PatchFilters = "patch-filters";

    /// <summary>Order of the SGD steps of the least-squares problem in an epoch.</summary>
    public const string MinimumNormOrder = "minimum-norm-order";

    /// <summary>A start of that SGD away from zero.</summary>
    public const string MinimumNormStart = "minimum-norm-start";

    /// <summary>Order of the training examples that random features are fitted on; the draw is the index of this and the next
    /// four.</summary>
    public const string RandomFeatureTrain = "random-features/train";

    /// <summary>Order of the test examples that random features are measured on.</summary>
    public const string RandomFeatureTest = "random-features/test";

    /// <summary>Labels drawn anew for random features.</summary>
    public const string RandomFeatureLabels = "random-features/labels";

    /// <summary>Weights of random features.</summary>
    public const string RandomFeatureWeights = "random-features/weights";

    /// <summary>Shifts of random features.</summary>
    public const string RandomFeatureShifts = "random-features/shifts";

    /// <summary>Order of the training examples that a kernel's curve is drawn from; the draw is the index of this and the next
    /// two.</summary>
    public const string KernelCurveTrain = "kernel-curve/train";

    /// <summary>Order of the test examples that a kernel's curve is measured on.</summary>
    public const string KernelCurveTest = "kernel-curve/test";

    /// <summary>Labels drawn anew for a kernel's curve.</summary>
    public const string KernelCurveLabels = "kernel-curve/labels";

    /// <summary>Labels and noise of the linear example where uniform convergence fails; the draw is the index.</summary>
    public const string LinearExample = "uniform-convergence/linear";

    /// <summary>Training points on two spheres; the draw is the index.</summary>
    public const string SphereTrain = "uniform-convergence/spheres/train";

    /// <summary>Test points on two spheres; the draw is the index.</summary>
    public const string SphereTest = "uniform-convergence/spheres/test";

    /// <summary>Training examples of the networks whose norms are measured; the draw is the index of this and the next.</summary>
    public const string NormGrowthTrain = "norm-growth/train";

    /// <summary>Test examples of the networks whose norms are measured.</summary>
    public const string NormGrowthTest = "norm-growth/test";

    /// <summary>Initial weights of a plain network; the layer is the index.</summary>
    public const string PlainWeights = "plain-network/weights";

    /// <summary>Order of a plain network's training examples; the epoch is the index.</summary>
    public const string PlainOrder = "plain-network/order";

    /// <summary>Noise on the parameters of a network whose sharpness is measured; the draw is the index.</summary>
    public const string ComplexityNoise = "complexity/noise";

    /// <summary>Pairs of examples that are mixed to measure a network.</summary>
    public const string ComplexityPairs = "complexity/pairs";

    /// <summary>Resamples of settings, by which measures of networks get their errors.</summary>
    public const string ComplexityBootstrap = "complexity/bootstrap";

    /// <summary>Training examples of the networks that memorization is studied on; the draw is the index of this and the next
    /// five.</summary>
    public const string ArpitTrain = "arpit2017/train";

    /// <summary>Test examples of these networks.</summary>
    public const string ArpitTest = "arpit2017/test";

    /// <summary>Labels that noise replaces.</summary>
    public const string ArpitLabels = "arpit2017/labels";

    /// <summary>Which inputs noise replaces.</summary>
    public const string ArpitLots = "arpit2017/lots";

    /// <summary>Training inputs of noise.</summary>
    public const string ArpitInputs = "arpit2017/inputs";

    /// <summary>Inputs of noise that are not trained on.</summary>
    public const string ArpitTestInputs = "arpit2017/inputs/test";

    /// <summary>Seed of one of many networks on the same examples; its number is the index of this and the next.</summary>
    public const string ArpitNetwork = "arpit2017/network";

    /// <summary>Order in which a network's right predictions are shuffled over the examples.</summary>
    public const string ArpitShuffle = "arpit2017/shuffle";

    /// <summary>Dropped units and noise of a step; the step is the index.</summary>
    public const string ArpitDropout = "arpit2017/dropout";

    /// <summary>Seed of a linear model on fixed features; its number is the index.</summary>
    public const string FixedFeatures = "influence/fixed-features";

    /// <summary>Training examples that are left out at random; the number of the network is the index.</summary>
    public const string RandomRemoval = "influence/random-removal";

    /// <summary>Memorized examples that those of influential pairs are compared with.</summary>
    public const string InfluenceControl = "influence/control";

    /// <summary>Theorem 1's direction.</summary>
    public const string Theorem1Direction = "theorem1-direction";

    /// <summary>Labels of generated points.</summary>
    public const string Theorem1Labels = "theorem1-labels";

    /// <summary>Generated points.</summary>
    public const string Theorem1Points = "theorem1-points";

    /// <summary>Points of the picture of Theorem 1.</summary>
    public const string Theorem1Picture = "theorem1-picture";
}
