using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Counts the primes below a number; that takes a while.</summary>
[Engine("primes")]
[Input("Below", ChannelType.Json)]
[Output("Primes", ChannelType.Json)]
public sealed class PrimesEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var below = input.Json<int>("Below");
        var primes = 0;
        for (var number = 2; number < below; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            primes += IsPrime(number) ? 1 : 0;
        }

        await Output("Primes").WriteAsync(primes, cancellationToken);
    }

    private static bool IsPrime(int number)
    {
        for (var factor = 2; factor <= Math.Sqrt(number); factor++)
        {
            if (number % factor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
