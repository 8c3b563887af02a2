using System.Globalization;
using System.Text;

namespace Streaming.Kafka.Checkpoints;

/// <summary>
/// What is found in a partition's checkpoints when it is taken over: the last word of each owner. All of them are true, for
/// each says only what was delivered; the highest counts.
/// </summary>
internal sealed class CheckpointLoad(string group)
{
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<string>? _owners;

    /// <summary>The owners before; null while it is not complete.</summary>
    public IReadOnlyList<string>? Owners => _owners;

    public void Add(byte[]? key, byte[]? value)
    {
        var owner = Encoding.UTF8.GetString(key ?? []);
        if (!owner.StartsWith(group + "/", StringComparison.Ordinal))
        {
            return;
        }

        if (value is { Length: > 0 } && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            _offsets[owner] = offset;
        }
        else
        {
            _offsets.Remove(owner);
        }
    }

    /// <summary>Everything was added. The answer is the first offset that is not delivered, or null where nothing is known.</summary>
    public long? Complete()
    {
        _owners = [.. _offsets.Keys];
        return _offsets.Count == 0 ? null : _offsets.Values.Max();
    }
}
