using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>
/// What a gateway may let by of a tenant's submissions: tokens and room for sessions that the tenant's grain has lent it. Not thread-safe: its owner
/// locks.
/// </summary>
internal sealed class SubmissionLoan
{
    /// <summary>For how long what is asked for is to last.</summary>
    private const double AheadSeconds = 0.2;

    /// <summary>How long a gateway that got less than it wanted waits before it asks again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a gateway goes on by itself that could not ask.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(1);

    private QuotaLimits _limits = QuotaLimits.None;
    private double _tokens;
    private DateTimeOffset _lentUntil;
    private DateTimeOffset _noTokensUntil;
    private int _room;
    private DateTimeOffset _noRoomUntil;
    private int _inFlight;
    private int _begun;
    private int _came;
    private int _waiting;
    private int _wanted;
    private int _target;
    private int _gateways = 1;
    private DateTimeOffset _reportedAt;
    private DateTimeOffset? _aloneSince;
    private DateTimeOffset _filledAt;

    /// <summary>Whether the grain has something to hear.</summary>
    public bool HasNews => _inFlight > 0 || _aloneSince is not null;

    private bool HasRate => _limits.SubmissionsPerSecond > 0;

    /// <summary>A part alike of what all gateways may let by together.</summary>
    private double ShareOfRate => _limits.SubmissionsPerSecond / _gateways;

    private bool HasRoom => _limits.OpenSessions > 0;

    /// <param name="limits">The tenant's limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="tries">How often it asked already.</param>
    public QuotaVerdict TryBegin(QuotaLimits limits, DateTimeOffset now, int tries)
    {
        _limits = limits;
        _came += tries == 0 ? 1 : 0;
        Refresh(now);
        var isAlone = _aloneSince is not null;
        if (HasRate && _tokens < 1)
        {
            return now >= _noTokensUntil && tries < 2 && !isAlone ? AskLater(tries) : QuotaVerdict.No(QuotaKind.Submissions, Max(_noTokensUntil - now, Pause));
        }

        if (HasRoom && _room < 1 && !isAlone)
        {
            return now >= _noRoomUntil && tries < 2 ? AskLater(tries) : QuotaVerdict.No(QuotaKind.OpenSessions, Alone);
        }

        _tokens -= HasRate ? 1 : 0;
        _room -= HasRoom ? 1 : 0;
        _begun++;
        _inFlight++;
        var isShort = isAlone ? now - _aloneSince >= Alone
            : (HasRate && _tokens <= _wanted / 2 && now >= _noTokensUntil) || (HasRoom && _room <= _wanted / 2 && now >= _noRoomUntil);
        return isShort ? QuotaVerdict.YesAndAsk : QuotaVerdict.Yes;
    }

    /// <summary>One that was let by is answered.</summary>
    public void End() => _inFlight--;

    /// <summary>What is told the grain now.</summary>
    public (int Wanted, int InFlight) Report(DateTimeOffset now)
    {
        Refresh(now);
        var since = Math.Max((now - _reportedAt).TotalSeconds, Pause.TotalSeconds);
        var left = Math.Min(HasRate ? _tokens : double.MaxValue, HasRoom ? Math.Max(0, _room) : double.MaxValue);
        var ahead = _came == 0 ? 0 : Math.Ceiling(Math.Min(_came / since * AheadSeconds, int.MaxValue / 2));
        _target = HasRate || HasRoom ? (int)(_waiting + ahead) : 0;
        _wanted = (int)Math.Max(0, _target - Math.Floor(Math.Min(left, _target)));
        (_came, _waiting, _begun, _reportedAt) = (0, 0, 0, now);
        return (_wanted, _inFlight);
    }

    /// <summary>Takes what the grain has lent.</summary>
    public void Take(QuotaGrant grant, DateTimeOffset now)
    {
        Refresh(now);
        _aloneSince = null;
        _gateways = Math.Max(1, grant.Gateways);
        _tokens = Math.Max(_tokens, Math.Min(_tokens + grant.Submissions, _target)); // What lies here nobody else has.
        _room = grant.Sessions - _begun;
        _lentUntil = now + QuotaGrant.Lasts;
        if (grant.Submissions < _wanted)
        {
            _noTokensUntil = now + Max(grant.RetryAfter, Pause);
        }

        if (grant.Sessions < _wanted)
        {
            _noRoomUntil = now + (Pause * 2);
        }
    }

    /// <summary>The grain could not be asked: the gateway goes on with its last known share, and asks again in a moment.</summary>
    public void GoOnAlone(DateTimeOffset now)
    {
        if (_aloneSince is null)
        {
            // What was lent is the share's until then.
            (_filledAt, _tokens) = (now, Math.Max(_tokens, Math.Min(1, ShareOfRate)));
        }

        _aloneSince = now;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private QuotaVerdict AskLater(int tries)
    {
        _waiting += tries == 0 ? 1 : 0;
        return QuotaVerdict.Ask;
    }

    private void Refresh(DateTimeOffset now)
    {
        if (_aloneSince is not null)
        {
            _tokens = Math.Min(Math.Max(1, ShareOfRate), _tokens + (Math.Max(0, (now - _filledAt).TotalSeconds) * ShareOfRate));
            _filledAt = now;
        }
        else if (now > _lentUntil)
        {
            (_tokens, _room) = (0, 0);
        }
    }
}
