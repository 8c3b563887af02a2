using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>How many sockets and event streams of a tenant are open, here and as its grain told last elsewhere. Not thread-safe: its owner locks.</summary>
internal sealed class LiveCount
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>An exchange that was under way may have begun before there was this one.</summary>
    private const int MostTries = 3;

    private int _open;
    private int _told;
    private int _heardOf;
    private int _elsewhere;
    private int _gateways = 1;
    private bool _isKnown;

    /// <summary>Whether the grain has something to hear: also that what is open is open yet.</summary>
    public bool HasNews => _open > 0 || _told != _open;

    /// <summary>Counts one more, which <see cref="End"/> ends also where it is refused by <see cref="Check"/>.</summary>
    /// <returns>Its place among those of this gateway.</returns>
    public int Begin() => ++_open;

    /// <summary>Far from the limit nobody asks first. Who asks is counted meanwhile: of two gateways one hears of the other's.</summary>
    public QuotaVerdict Check(int place, QuotaLimits limits, int tries)
    {
        if (limits.LiveConnections == 0)
        {
            return QuotaVerdict.Yes;
        }

        return tries == 0 && _isKnown && place + _elsewhere <= limits.LiveConnections / (2 * _gateways) ? QuotaVerdict.YesAndAsk
            : tries == 0 || (place > _heardOf && tries < MostTries) ? QuotaVerdict.Ask
            : place + _elsewhere <= limits.LiveConnections ? QuotaVerdict.Yes
            : QuotaVerdict.No(QuotaKind.LiveConnections, Pause);
    }

    public void End() => _open--;

    /// <summary>What is told the grain now.</summary>
    public int Report() => _told = _open;

    public void Take(QuotaGrant grant) => (_elsewhere, _gateways, _isKnown, _heardOf) = (grant.LiveElsewhere, Math.Max(1, grant.Gateways), true, _told);
}
