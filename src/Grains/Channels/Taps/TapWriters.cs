using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Engines;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>Those who write to a channel, as its tap knows them: has them send, and knows which have ended.</summary>
internal sealed class TapWriters(ChannelKey channel, IGrainFactory grains, TimeProvider clock)
{
    private const int Tries = 3;
    private static readonly Backoff Retries = Backoff.Steady(TimeSpan.FromMilliseconds(100));

    private readonly HashSet<string> _sending = new(StringComparer.Ordinal);
    private (int Epoch, Guid Ring) _ring;
    private TapWriter? _clients;

    /// <summary>Whether all that were asked have sent their last.</summary>
    public bool HaveEnded => _sending.Count == 0;

    /// <summary>Whether the writers of an attempt are asked, or were.</summary>
    public bool AreAsked(int epoch) => _ring.Epoch == epoch;

    /// <summary>A writer has sent its last.</summary>
    public void End(string writer) => _sending.Remove(writer);

    /// <summary>Forgets them: the next attachment is a new one.</summary>
    public void Forget()
    {
        _ring = default;
        _sending.Clear();
    }

    /// <summary>
    /// Has the writers of an attempt send, all or none of them: what is answered is where each begins, and <see langword="null"/> for one that
    /// is over and forgotten. Asked again for the same attempt it changes nothing.
    /// </summary>
    /// <param name="epoch">The attempt.</param>
    /// <param name="writers">Its writers.</param>
    /// <param name="isPatient">Whether a writer that cannot be reached makes it fail, as it may be reached later; else nobody knows what it wrote.</param>
    public async Task<IReadOnlyList<(string Writer, long? Next)>> AttachAsync(int epoch, ImmutableArray<TapWriter> writers, bool isPatient)
    {
        if (_ring.Epoch != epoch)
        {
            _sending.Clear();
            _ring = (epoch, Guid.NewGuid());
        }

        _clients = writers.FirstOrDefault(writer => writer.Instance is null);

        // Before they are asked: what they send may come before their answer.
        _sending.UnionWith(writers.Select(writer => writer.Name));
        return await Task.WhenAll(writers.Select(writer => AskAsync(writer, isPatient && !writer.IsOver)));
    }

    /// <summary>
    /// Asks again for what clients write: who brings it to the engines may have died and begun again elsewhere, in the same attempt, and not know of the
    /// tap. Numbers tell what was not heard meanwhile.
    /// </summary>
    public Task AskAgainAsync() => _clients is { } clients && _sending.Contains(clients.Name) ? AskAsync(clients, isPatient: true) : Task.CompletedTask;

    private async Task<(string Writer, long? Next)> AskAsync(TapWriter writer, bool isPatient)
    {
        var order = new TapOrder { Writer = new(channel.SessionId, writer.Name), Epoch = _ring.Epoch, Channel = channel.Channel, Ring = _ring.Ring, Waits = isPatient };
        TapPlace? place = null;
        try
        {
            place = await PatientCall.MakeAsync(() => TapAsync(writer, order), (_, tries) => tries < Tries, Retries, clock, CancellationToken.None);
        }
        catch (Exception) when (!isPatient)
        {
            // Its process is gone, and what it knew.
        }

        if (isPatient && place?.Next is null)
        {
            var who = writer.Instance is { } instance ? $"Node '{order.Writer.Node}', which writes it, has not begun on {instance}" : "What clients write does not go to the engines yet";
            throw new BlueEdgeException($"Channel '{order.Channel}' of session {order.Writer.SessionId}: {who}.");
        }

        if (place is not { IsOver: false, Next: not null })
        {
            End(writer.Name);
        }

        return (writer.Name, place?.Next);
    }

    private Task<TapPlace> TapAsync(TapWriter writer, TapOrder order) => writer.Instance is { } instance
        ? grains.Find<IEngineInstanceGrain>(instance).TapAsync(order, CancellationToken.None)
        : grains.Find<IInputControl>(channel.ToString()).TapAsync(order, CancellationToken.None);
}
