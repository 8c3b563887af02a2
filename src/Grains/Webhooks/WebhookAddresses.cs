using System.Collections.Concurrent;
using BlueEdge.Outbound.Http;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace BlueEdge.Grains.Webhooks;

/// <summary>
/// The addresses that this silo calls now (scheme, host, port and path). Each has so many calls under way at most, and one that does not
/// answer for a while is left alone: so many sessions may name it that their tries alone would take hours, and one is enough to know.
/// </summary>
internal sealed class WebhookAddresses(IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>How many calls have to fail within <see cref="Sampled"/>, with none that does not, before the address is left alone.</summary>
    private const int EnoughFailures = 8;
    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Address> _addresses = new(StringComparer.Ordinal);

    /// <summary>Calls when it is the call's turn.</summary>
    /// <exception cref="BrokenCircuitException">The address does not answer, and is left alone; the exception may say for how long.</exception>
    public async Task<OutboundResult> CallAsync(Uri url, Func<CancellationToken, Task<OutboundResult>> call, CancellationToken cancellationToken)
    {
        var name = NameOf(url);
        var address = Enter(name);
        try
        {
            return await address.Pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        finally
        {
            Leave(name, address);
        }
    }

    /// <summary>Whether a call would have to wait for its turn now.</summary>
    public bool IsCrowded(Uri url) => _addresses.TryGetValue(NameOf(url), out var address) && address.Calls >= options.Value.CallsPerAddress;

    private static string NameOf(Uri url) => url.GetLeftPart(UriPartial.Path);

    private Address Enter(string name)
    {
        while (true)
        {
            var address = _addresses.GetOrAdd(name, _ => new(Build()));
            lock (address)
            {
                if (!address.IsGone)
                {
                    address.Calls++;
                    return address;
                }
            }
        }
    }

    private void Leave(string name, Address address)
    {
        lock (address)
        {
            address.Calls--;

            // What nobody calls is forgotten: anybody can think of addresses.
            if (address.Calls == 0)
            {
                address.IsGone = true;
                _addresses.TryRemove(new(name, address));
            }
        }
    }

    private ResiliencePipeline<OutboundResult> Build() => new ResiliencePipelineBuilder<OutboundResult> { TimeProvider = clock }
        .AddConcurrencyLimiter(options.Value.CallsPerAddress, queueLimit: int.MaxValue)
        .AddCircuitBreaker(new()
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result is OutboundFailure),
            FailureRatio = 1,
            MinimumThroughput = EnoughFailures,
            SamplingDuration = Sampled,
            BreakDuration = Break,
        })
        .Build();

    private sealed class Address(ResiliencePipeline<OutboundResult> pipeline)
    {
        public ResiliencePipeline<OutboundResult> Pipeline => pipeline;

        public int Calls { get; set; }

        public bool IsGone { get; set; }
    }
}
