using System.Collections.Immutable;

namespace BlueEdge.Validation;

/// <summary>A spec that came over the wire may lack an array where C# would have an empty one.</summary>
internal static class ArrayExtensions
{
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
