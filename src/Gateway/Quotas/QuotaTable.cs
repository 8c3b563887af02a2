using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;
using BlueEdge.Quotas;
using BlueEdge.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace BlueEdge.Gateway.Quotas;

/// <summary>How much each tenant may take, as the configuration says now: a change counts at once, one that makes no sense is logged and changes nothing.</summary>
internal sealed partial class QuotaTable : IDisposable
{
    private const string TenantsSection = $"{QuotaOptions.Section}:{nameof(QuotaOptions.Tenants)}";

    private readonly IConfiguration _configuration;
    private readonly IOptions<AuthOptions> _auth;
    private readonly ILogger<QuotaTable> _logger;
    private readonly IDisposable _changes;
    private volatile Table _table;

    public QuotaTable(IConfiguration configuration, IOptions<AuthOptions> auth, ILogger<QuotaTable> logger)
    {
        (_configuration, _auth, _logger) = (configuration, auth, logger);
        _table = Read(configuration, auth.Value.IsOpen);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, ReadAnew);
    }

    /// <summary>What a tenant may take where nothing is set and callers are told apart: so much that only a mistake comes to it.</summary>
    private static QuotaLimits Generous { get; } = new()
    {
        SubmissionsPerSecond = 1_000,
        OpenSessions = 100_000,
        PayloadBytesPerDay = 1_000_000_000_000,
        BlobBytes = 100_000_000_000,
        LiveConnections = 5_000,
    };

    public QuotaLimits Of(string tenant)
    {
        var table = _table;
        return table.Tenants.GetValueOrDefault(tenant) ?? table.Default;
    }

    /// <summary>Reads all of it.</summary>
    /// <exception cref="OptionsValidationException">Values make no sense, or names are none; there is a failure for each.</exception>
    public static Table Read(IConfiguration configuration, bool isOpen)
    {
        var usual = Merge(configuration.ReadSettings<TenantQuotaOptions>(QuotaOptions.DefaultSection), isOpen ? QuotaLimits.None : Generous);
        List<string> faults = [];
        Dictionary<string, QuotaLimits> tenants = new(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(TenantsSection).GetChildren())
        {
            faults.AddRange(FaultsOf(section));
            try
            {
                tenants[section.Key] = Merge(configuration.ReadSettings<TenantQuotaOptions>(section.Path), usual);
            }
            catch (OptionsValidationException error)
            {
                faults.AddRange(error.Failures);
            }
        }

        return faults.Count == 0 ? new(usual, tenants) : throw new OptionsValidationException(Options.DefaultName, typeof(QuotaOptions), faults);
    }

    public void Dispose() => _changes.Dispose();

    private static IEnumerable<string> FaultsOf(IConfigurationSection section)
    {
        if (!Caller.IsTenant(section.Key))
        {
            yield return $"{section.Path}: '{section.Key}' is no tenant: name one by 1 to 64 of a to z, 0 to 9, - and _.";
        }

        string[] names = [.. typeof(TenantQuotaOptions).GetProperties().Select(property => property.Name)];
        foreach (var setting in section.GetChildren().Where(setting => !names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{setting.Path} is no setting. There are: {string.Join(", ", names)}.";
        }
    }

    private static QuotaLimits Merge(TenantQuotaOptions own, QuotaLimits usual) => new()
    {
        SubmissionsPerSecond = own.SubmissionsPerSecond ?? usual.SubmissionsPerSecond,
        SubmissionBurst = own.SubmissionBurst ?? (own.SubmissionsPerSecond is null ? usual.SubmissionBurst : 0),
        OpenSessions = own.OpenSessions ?? usual.OpenSessions,
        PayloadBytesPerDay = own.PayloadBytesPerDay ?? usual.PayloadBytesPerDay,
        BlobBytes = own.BlobBytes ?? usual.BlobBytes,
        LiveConnections = own.LiveConnections ?? usual.LiveConnections,
    };

    private void ReadAnew()
    {
        try
        {
            _table = Read(_configuration, _auth.Value.IsOpen);
        }
        catch (OptionsValidationException error)
        {
            LogSenseless(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "The quotas stay as they are, for their new settings make no sense: {Why}")]
    private partial void LogSenseless(string why);

    /// <summary>All limits at one time.</summary>
    /// <param name="Default">Of tenants that have no own.</param>
    /// <param name="Tenants">Of the others, by their names.</param>
    internal sealed record Table(QuotaLimits Default, IReadOnlyDictionary<string, QuotaLimits> Tenants);
}
