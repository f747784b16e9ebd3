using Rote.Measurement;

namespace Rote.Memorization.Dial;

/// <summary>Sets the share of canaries whose labels are released, so that the requested share is fitted.</summary>
/// <remarks>
/// Feed-forward: of the labels that pass all are fitted in the end, of the others none beyond chance, so the share to pass is the share to
/// be hit. A slow proportional and integral term corrects what is left. Fitting lags release by many epochs, and a controller that ignores
/// this releases too much. So what is released and not fitted yet counts as fitted (the idea of Smith's predictor, 1957), less so towards
/// the end, when it no longer will be.
/// </remarks>
internal static class ReleaseController
{
    private const double Proportional = 0.3;
    private const double Integral = 0.15; // an epoch
    private const double LateFrom = 0.7; // of the release phase
    private const double LateCredit = 0.3; // what is pending counts so much at the end

    /// <summary>The next share.</summary>
    /// <param name="target">m asked for.</param>
    /// <param name="reading">Steering canaries.</param>
    /// <param name="pending">Share of the steering canaries that has passed and is not hit.</param>
    /// <param name="integral">The sum so far.</param>
    /// <param name="done">Share of the release phase that is over, in [0, 1].</param>
    /// <returns>The share to pass, in [−1, 1], below 0 the share of labels to suppress; and the sum from now on. Where all is asked for,
    /// all passes: a share that rounding leaves a millionth below 1 shuts out every label that is trusted less than all canaries, and two
    /// or three of 237 others were never fitted.</returns>
    public static (double Share, double Integral) Next(
        double target,
        MemorizationReading reading,
        double pending,
        double integral,
        double done
    )
    {
        if (target >= 1)
        {
            return (1, integral);
        }

        var wanted = reading.HitsFor(target);
        var credit = done <= LateFrom ? 1 : 1 - ((1 - LateCredit) * (done - LateFrom) / (1 - LateFrom));
        var error = wanted - (reading.Share + (credit * pending));
        var sum = integral + (Integral * error);
        var share = wanted + (Proportional * error) + sum;
        return share is >= -1 and <= 1 ? (share, sum) : (Math.Clamp(share, -1, 1), integral); // at a stop the sum would wind up
    }
}
