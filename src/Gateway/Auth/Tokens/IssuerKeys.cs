using BlueEdge.Gateway.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>
/// The keys with which the issuer signs, as far as they are known here. A token with a key that is not among them has the issuer asked, by all who wait for that together, and
/// not again before a while is over, however many such tokens come.
/// </summary>
internal sealed partial class IssuerKeys(IssuerDocuments documents, IOptions<OidcOptions> options, TimeProvider time, ILogger<IssuerKeys> logger)
{
    /// <summary>For how long the issuer is not asked for a key that it did not have.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>For how long an issuer that did not answer is not asked again.</summary>
    public static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>For how long keys count that were heard of last: an issuer that is down is no reason to turn everybody away.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromDays(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private IReadOnlyList<SecurityKey>? _keys;
    private long _heardAt;
    private long? _askedAt;
    private bool _isFailing;
    private Task _asking = Task.CompletedTask;

    /// <summary>The keys that a token may be signed with.</summary>
    /// <param name="keyId">What the token calls its key; <see langword="null"/> where it does not: then it may be any.</param>
    /// <param name="mayAsk">Whether the issuer may be asked.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="UnavailableException">Nothing is known of the issuer.</exception>
    public async Task<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, bool mayAsk, CancellationToken cancellationToken)
    {
        if (Known(keyId) is not { Count: > 0 } && mayAsk)
        {
            await Ask(isUrgent: false).WaitAsync(cancellationToken);
        }

        return Known(keyId) ?? throw new UnavailableException($"{options.Value.Issuer} does not tell its keys: try again soon.");
    }

    /// <summary>Reads the keys anew, and says whether the issuer has told them.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await Ask(isUrgent: true).WaitAsync(cancellationToken);
        lock (_lock)
        {
            return !_isFailing;
        }
    }

    private IReadOnlyList<SecurityKey>? Known(string? keyId)
    {
        lock (_lock)
        {
            return _keys is null || time.GetElapsedTime(_heardAt) >= Trust ? null
                : keyId is null ? _keys
                : [.. _keys.Where(key => string.Equals(key.KeyId, keyId, StringComparison.Ordinal))];
        }
    }

    /// <summary>Joins the call that is under way, or makes one, unless there was one just now.</summary>
    private Task Ask(bool isUrgent)
    {
        lock (_lock)
        {
            var isTooSoon = !isUrgent && _askedAt is { } at && time.GetElapsedTime(at) < (_isFailing ? PauseAfterFailure : Pause);
            if (_asking.IsCompleted && !isTooSoon)
            {
                _askedAt = time.GetTimestamp();
                _asking = AskAsync();
            }

            return _asking;
        }
    }

    private async Task AskAsync()
    {
        // Not within the lock of who calls.
        await Task.Yield();
        try
        {
            using CancellationTokenSource patience = new(Patience, time);
            var told = await OpenIdConnectConfigurationRetriever.GetAsync(options.Value.Metadata, documents, patience.Token);
            if (!string.Equals(told.Issuer, options.Value.Issuer, StringComparison.Ordinal))
            {
                throw new BlueEdgeException($"{options.Value.Metadata} is of the issuer '{Shown.Short(told.Issuer ?? "")}': {OidcOptions.Section}:{nameof(OidcOptions.Issuer)} has to be the same, letter by letter.");
            }

            Take([.. told.SigningKeys.OfType<AsymmetricSecurityKey>()]);
        }
        catch (Exception error)
        {
            // At the edge: whoever waits finds that nothing new is known.
            Fail(error);
        }
    }

    private void Take(IReadOnlyList<SecurityKey> keys)
    {
        bool isNews;
        lock (_lock)
        {
            isNews = _isFailing || _keys is null;
            (_keys, _heardAt, _isFailing) = (keys, time.GetTimestamp(), false);
        }

        if (isNews)
        {
            LogTold(options.Value.Issuer, keys.Count);
        }
    }

    private void Fail(Exception error)
    {
        bool isNews;
        lock (_lock)
        {
            (isNews, _isFailing) = (!_isFailing, true);
        }

        if (isNews)
        {
            LogFailing(error, options.Value.Metadata);
        }
    }

    [LoggerMessage(LogLevel.Information, "Tokens of {Issuer} count, which has {Count} keys")]
    private partial void LogTold(string? issuer, int count);

    [LoggerMessage(LogLevel.Warning, "The keys of the tokens' issuer cannot be read from {Address}; it is asked again. What was read before counts for a day")]
    private partial void LogFailing(Exception error, string address);
}
