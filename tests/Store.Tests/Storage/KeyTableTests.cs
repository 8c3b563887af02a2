using System.Reflection;
using System.Text.RegularExpressions;
using BlueEdge.Clustering.Storage;
using BlueEdge.Store.Redis.Scheduling;

namespace BlueEdge.Store.Tests.Storage;

/// <summary>The table of keys in docs/operations.md has what the code writes, and nothing else.</summary>
public sealed partial class KeyTableTests
{
    private const int Epoch = 123_456_789;

    /// <summary>These make no keys of their own, or in the words of others.</summary>
    private static readonly string[] Others = [nameof(StorageKeys.OfFormer), nameof(StorageKeys.ResultsOf), nameof(StorageKeys.Scheduler)];

    [Fact]
    public async Task Every_key_is_in_the_table_and_every_row_is_a_key()
    {
        var operations = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "operations.md"), TestContext.Current.CancellationToken);
        var rows = Rows.Matches(operations).Select(row => row.Groups["key"].Value);

        // Of another service than the default one, whose list of those who wait has the name of the original. Lists of
        // sessions have four forms: of the default tenant and of a named one, of all engines and of one.
        var keys = new StorageKeys("service");
        string[] made =
        [
            .. Made(keys),
            $"{keys.SessionList(null, "{group}", null)}", $"{keys.SessionList(null, "{group}", "{engine}")}", $"{keys.SessionList("{tenant}", "{group}", null)}",
            .. Made(new SchedulerKeys(new("service"), "{domain}")), $"{SchedulerKeys.OriginalPending("{engine}")}",
        ];
        Assert.Equal(made.Order(StringComparer.Ordinal), rows.Select(row => row.Replace("{ServiceId}", "service", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Made(object keys)
    {
        var properties = keys.GetType().GetProperties().Where(property => property.Name != nameof(StorageKeys.IsDefault)).Select(property => property.GetValue(keys));
        var methods = keys.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !Others.Contains(method.Name))
            .Select(method => method.Invoke(keys, [.. method.GetParameters().Select(Placeholder)]));
        return properties.Concat(methods).Select(key => Uri.UnescapeDataString($"{key}").Replace($"{Epoch}", "{epoch}", StringComparison.Ordinal));
    }

    private static object Placeholder(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(int) ? Epoch
        : parameter.ParameterType == typeof(GrainId) ? GrainId.Create("{type}", "{key}")
        : $"{{{parameter.Name}}}";

    [GeneratedRegex(@"^\| `(?<key>(\{ServiceId\}/|__)[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rows { get; }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BlueEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from the repository.");
        }

        return folder;
    }
}
