"""Reading and writing the files that other systems use; nothing here touches a store."""
