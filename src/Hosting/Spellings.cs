using System.Collections;

namespace BlueEdge.Hosting;

/// <summary>Environment variables that mean the same setting and differ: which of them is taken is a matter of chance.</summary>
internal static class Spellings
{
    private const string Prefix = "BlueEdge:";

    /// <exception cref="BlueEdgeException">There are such variables; the message names them.</exception>
    public static void Check(IDictionary variables)
    {
        var twins = variables.Cast<DictionaryEntry>()
            .Select(entry => (Name: (string)entry.Key, Value: entry.Value as string))
            .GroupBy(variable => SettingOf(variable.Name), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(setting => setting.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && setting.DistinctBy(variable => variable.Value, StringComparer.Ordinal).Skip(1).Any());
        if (twins is not null)
        {
            throw new BlueEdgeException(
                $"The environment variables {string.Join(" and ", twins.Select(variable => variable.Name).Order(StringComparer.Ordinal))} both set {twins.Key}, to different values: remove one.");
        }
    }

    private static string SettingOf(string variable) => variable.Replace("__", ":", StringComparison.Ordinal);
}
